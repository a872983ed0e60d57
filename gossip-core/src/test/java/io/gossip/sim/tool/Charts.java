package io.gossip.sim.tool;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final int FEW = 12;
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
  private double highest;
  private int lines;

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
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotGridLinesColor(new Color(0xDDDDDD));
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    chart.getStyler().setLocale(Locale.ROOT);
    chart.getStyler().setDecimalPattern("#,##0.###");
    chart.getStyler().setXAxisTickMarkSpacingHint(SPACING);
    chart.getStyler().setYAxisTickMarkSpacingHint(SPACING);
  }

  /** All columns of a series. */
  static Charts of(String title, Series series, String upwards) {
    Charts chart = new Charts(title, series.columns().get(0), upwards);
    for (int i = 1; i < series.columns().size(); i++) {
      chart.line(series.columns().get(i), series.column(0), series.column(i));
    }
    return chart;
  }

  /** Powers of ten rather than even steps to the right. */
  Charts logarithmic() {
    chart.getStyler().setXAxisLogarithmic(true);
    return this;
  }

  /** The legend at the side, where many lines are named. */
  Charts legendAside() {
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setLegendLayout(LegendLayout.Vertical);
    return this;
  }

  /** Adds a line in a colour of its own. */
  Charts line(String name, double[] across, double[] upwards) {
    return line(name, across, upwards, Look.PLAIN, lines);
  }

  /** How a line is drawn, besides its colour. */
  enum Look {
    PLAIN,
    DASHED,
    DOTTED;

    private BasicStroke stroke() {
      return switch (this) {
        case PLAIN -> SeriesLines.SOLID;
        case DASHED -> SeriesLines.DASH_DASH;
        case DOTTED -> SeriesLines.DOT_DOT;
      };
    }
  }

  /** Adds a line. */
  Charts line(String name, double[] across, double[] upwards, Look look, int colour) {
    int drawn = 0; // what was not measured is NaN, and is at the end
    while (drawn < across.length && !Double.isNaN(upwards[drawn])) {
      highest = Math.max(highest, upwards[drawn++]);
    }
    if (drawn > 0) {
      XYSeries line = chart.addSeries(name, firstTwice(across, drawn), firstTwice(upwards, drawn));
      lines++;
      line.setMarker(drawn <= FEW ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
      line.setLineStyle(look.stroke());
      line.setLineColor(COLOURS.get(colour % COLOURS.size()));
      line.setMarkerColor(COLOURS.get(colour % COLOURS.size()));
    }
    return this;
  }

  /**
   * With the first value once more, too little less to be seen: evenly spaced values would become
   * the marks of the axis, all of them.
   */
  private static double[] firstTwice(double[] values, int count) {
    double[] longer = new double[count + 1];
    longer[0] = values[0] * (1 - 1e-6);
    System.arraycopy(values, 0, longer, 1, count);
    return longer;
  }

  /** Writes it as SVG and as PNG. */
  void write(Path folder, String name) throws IOException {
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(top(highest));
    for (String format : FORMATS) {
      try (OutputStream file = Files.newOutputStream(folder.resolve(name + "." + format))) {
        ChartEncoder.saveChart(chart, file, format);
      }
    }
  }

  /** The next number above of one digit and zeros. */
  static double top(double highest) {
    if (highest <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(highest)));
    double times = Math.ceil(highest / power - 1e-9);
    return times * power;
  }
}
