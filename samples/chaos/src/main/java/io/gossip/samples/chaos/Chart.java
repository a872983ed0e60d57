package io.gossip.samples.chaos;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Every call of one run from shortly before the fault on as a dot: when it was due, how long it
 * took.
 */
final class Chart {

  /** Before that, the customers' first calls warm their code up. */
  private static final long BEFORE_MICROS = 1_000_000;

  private static final Color ANSWERED = new Color(0x0072B2);
  private static final Color FAILED = new Color(0xD55E00);

  private Chart() {}

  static void write(Path folder, String name, String title, Notes notes, long struck)
      throws IOException {
    Files.createDirectories(folder);
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(400)
            .title(title)
            .xAxisTitle("seconds after the fault")
            .yAxisTitle("ms")
            .build();
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLocale(Locale.ROOT);
    chart.getStyler().setMarkerSize(4);
    add(chart, "answered", ANSWERED, notes, struck, false);
    add(chart, "failed", FAILED, notes, struck, true);
    for (String format : List.of("svg", "png")) {
      try (OutputStream to = Files.newOutputStream(folder.resolve(name + "." + format))) {
        ChartEncoder.saveChart(chart, to, format);
      }
    }
    writeCalls(folder.resolve(name + ".csv"), notes, struck);
  }

  private static void add(
      XYChart chart, String name, Color colour, Notes notes, long struck, boolean failed) {
    List<Double> across = new ArrayList<>();
    List<Double> upwards = new ArrayList<>();
    for (Notes.Call call : notes.calls()) {
      if (call.failed() == failed && call.due() >= struck - BEFORE_MICROS) {
        across.add((call.due() - struck) / 1e6);
        upwards.add(call.took() / 1e3);
      }
    }
    if (!across.isEmpty()) {
      XYSeries series = chart.addSeries(name + ": " + across.size(), across, upwards);
      series.setMarker(failed ? SeriesMarkers.DIAMOND : SeriesMarkers.CIRCLE);
      series.setMarkerColor(colour);
    }
  }

  private static void writeCalls(Path file, Notes notes, long struck) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("customer,seconds,ms,instance,failure");
    for (Notes.Call call : notes.calls()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%d,%.6f,%.3f,%s,%s",
              call.customer(),
              (call.due() - struck) / 1e6,
              call.took() / 1e3,
              call.instance(),
              call.failure()));
    }
    Files.write(file, lines);
  }
}
