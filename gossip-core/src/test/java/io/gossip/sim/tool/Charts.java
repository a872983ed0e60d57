package io.gossip.sim.tool;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws series: the first column to the right, the others upwards. */
final class Charts {
  private static final List<String> FORMATS = List.of("svg", "png");
  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;
  private static final int SPACING = 80;
  // Distinguishable with impaired colour vision (Okabe and Ito).
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x555555));

  private final XYChart chart;

  /** An empty one. */
  Charts(String title, String across, String upwards) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(across)
            .yAxisTitle(upwards)
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setSeriesColors(COLOURS.toArray(Color[]::new));
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotGridLinesColor(new Color(0xDDDDDD));
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    chart.getStyler().setLocale(Locale.ROOT);
    chart.getStyler().setDecimalPattern("#,##0.###");
    chart.getStyler().setXAxisTickMarkSpacingHint(SPACING);
    chart.getStyler().setYAxisTickMarkSpacingHint(SPACING);
    chart.getStyler().setYAxisMin(0.0);
  }

  /** All columns of a series. */
  static Charts of(String title, Series series, String upwards) {
    Charts chart = new Charts(title, series.columns().get(0), upwards);
    for (int i = 1; i < series.columns().size(); i++) {
      chart.line(series.columns().get(i), series.column(0), series.column(i));
    }
    return chart;
  }

  /** Powers of ten, or of two, rather than even steps to the right. */
  Charts logarithmic() {
    chart.getStyler().setXAxisLogarithmic(true);
    return this;
  }

  /** Adds a line. */
  Charts line(String name, double[] across, double[] upwards) {
    add(name, across, upwards, SeriesLines.SOLID);
    return this;
  }

  /** Adds a line for what theory says. */
  Charts theory(String name, double[] across, double[] upwards) {
    add(name, across, upwards, SeriesLines.DASH_DASH);
    return this;
  }

  private void add(String name, double[] across, double[] upwards, BasicStroke stroke) {
    int drawn = 0; // what was not measured is NaN, and is at the end
    while (drawn < across.length && !Double.isNaN(upwards[drawn])) {
      drawn++;
    }
    if (drawn == 0) {
      return;
    }
    XYSeries line =
        chart.addSeries(name, Arrays.copyOf(across, drawn), Arrays.copyOf(upwards, drawn));
    line.setMarker(across.length <= 12 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    line.setLineStyle(stroke);
  }

  /** Writes it as SVG and as PNG. */
  void write(Path folder, String name) throws IOException {
    for (String format : FORMATS) {
      try (OutputStream file = Files.newOutputStream(folder.resolve(name + "." + format))) {
        ChartEncoder.saveChart(chart, file, format);
      }
    }
  }
}
