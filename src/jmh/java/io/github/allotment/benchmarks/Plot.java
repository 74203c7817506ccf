package io.github.allotment.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Draws times with their intervals, on a scale on which each step is ten times as much. */
final class Plot {

  private static final int LEFT = 330;
  private static final int WIDTH = 820;
  private static final int ROW = 20;
  private static final int TOP = 16;
  private static final int GRAPH = 260;
  private static final int LEGEND = 240;
  private static final int MARGIN = 70;
  private static final List<String> COLOURS =
      List.of(
          "#1b6ca8", "#c44e52", "#3a923a", "#8172b2", "#b8860b", "#555555", "#d97ab5", "#00868b");

  private final StringBuilder marks = new StringBuilder();
  private final int lowest;
  private final int highest;

  private Plot(List<Measured> rows) {
    lowest =
        (int) Math.floor(rows.stream().mapToDouble(it -> log(it.time().low())).min().orElseThrow());
    highest =
        (int)
            Math.ceil(
                rows.stream().mapToDouble(it -> log(it.time().high())).max().orElseThrow() + 1e-9);
  }

  /** Draws a row for each figure. */
  static String rows(String title, List<Measured> rows) {
    Plot plot = new Plot(rows);
    int bottom = TOP + rows.size() * ROW;
    plot.powers(
        power -> {
          double x = plot.along(power, LEFT, WIDTH - 30);
          plot.line(x, TOP, x, bottom, "#dddddd", 1);
          plot.text(x, bottom + 15, "middle", Texts.time(Math.pow(10, power)));
        });
    for (int i = 0; i < rows.size(); i++) {
      Measured row = rows.get(i);
      double y = TOP + (i + 0.5) * ROW;
      plot.text(LEFT - 10, y + 4, "end", row.label());
      String colour = COLOURS.get(row.label().startsWith("Allotment") ? 0 : 5);
      double low = plot.along(log(row.time().low()), LEFT, WIDTH - 30);
      double high = plot.along(log(row.time().high()), LEFT, WIDTH - 30);
      plot.line(low, y, high, y, colour, 2);
      plot.line(low, y - 4, low, y + 4, colour, 1);
      plot.line(high, y - 4, high, y + 4, colour, 1);
      plot.dot(plot.along(log(row.time().median()), LEFT, WIDTH - 30), y, colour);
    }
    return plot.drawn(title, bottom + 24);
  }

  /** Draws a line for each kind of row, along the values of a parameter. */
  static String growth(String title, List<Measured> rows, String parameter) {
    List<Measured> along =
        rows.stream().filter(row -> row.parameters().containsKey(parameter)).toList();
    Set<String> values = new LinkedHashSet<>();
    Map<String, List<Measured>> series = new LinkedHashMap<>();
    along.stream()
        .map(row -> row.parameters().get(parameter))
        .sorted((one, other) -> Long.compare(Long.parseLong(one), Long.parseLong(other)))
        .forEach(values::add);
    for (Measured row : along) {
      series.computeIfAbsent(row.labelWithout(parameter), it -> new ArrayList<>()).add(row);
    }
    Plot plot = new Plot(along);
    List<String> places = List.copyOf(values);
    int right = WIDTH - LEGEND;
    int bottom = TOP + Math.max(GRAPH, series.size() * ROW);
    plot.powers(
        power -> {
          double y = plot.along(power, bottom, TOP);
          plot.line(MARGIN, y, right, y, "#dddddd", 1);
          plot.text(MARGIN - 8, y + 4, "end", Texts.time(Math.pow(10, power)));
        });
    for (int i = 0; i < places.size(); i++) {
      String value = String.format(Locale.ROOT, "%,d", Long.parseLong(places.get(i)));
      plot.text(place(i, places.size(), right), bottom + 17, "middle", value);
    }
    plot.text((MARGIN + right) / 2.0, bottom + 34, "middle", parameter);
    int number = 0;
    for (Map.Entry<String, List<Measured>> line : series.entrySet()) {
      String colour = COLOURS.get(number % COLOURS.size());
      double y = TOP + (number + 0.5) * ROW;
      plot.line(right + 20, y, right + 40, y, colour, 2);
      plot.text(right + 46, y + 4, "start", line.getKey());
      plot.series(line.getValue(), parameter, places, bottom, colour, number % 2 == 1);
      number++;
    }
    return plot.drawn(title, bottom + 44);
  }

  private void series(
      List<Measured> rows,
      String parameter,
      List<String> places,
      int bottom,
      String colour,
      boolean dashed) {
    StringBuilder points = new StringBuilder();
    for (Measured row : rows) {
      double x =
          place(places.indexOf(row.parameters().get(parameter)), places.size(), WIDTH - LEGEND);
      double y = along(log(row.time().median()), bottom, TOP);
      line(
          x,
          along(log(row.time().low()), bottom, TOP),
          x,
          along(log(row.time().high()), bottom, TOP),
          colour,
          1);
      dot(x, y, colour);
      points.append(at(x)).append(',').append(at(y)).append(' ');
    }
    marks.append(
        "  <polyline points=\"%s\" fill=\"none\" stroke=\"%s\"%s/>\n"
            .formatted(
                points.toString().strip(), colour, dashed ? " stroke-dasharray=\"5 3\"" : ""));
  }

  private static double place(int index, int count, int right) {
    return MARGIN + (index + 0.5) * (right - MARGIN) / count;
  }

  private interface Power {
    void mark(int power);
  }

  private void powers(Power each) {
    for (int power = lowest; power <= highest; power++) {
      each.mark(power);
    }
  }

  private double along(double power, double from, double to) {
    return from + (to - from) * (power - lowest) / (highest - lowest);
  }

  private static double log(double value) {
    return Math.log10(value);
  }

  private static String at(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }

  private void line(double x1, double y1, double x2, double y2, String colour, int width) {
    marks.append(
        "  <line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%d\"/>\n"
            .formatted(at(x1), at(y1), at(x2), at(y2), colour, width));
  }

  private void dot(double x, double y, String colour) {
    marks.append(
        "  <circle cx=\"%s\" cy=\"%s\" r=\"3.5\" fill=\"%s\"/>\n".formatted(at(x), at(y), colour));
  }

  private void text(double x, double y, String anchor, String text) {
    marks.append(
        "  <text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
            .formatted(at(x), at(y), anchor, text.replace("&", "&amp;").replace("<", "&lt;")));
  }

  private String drawn(String title, int height) {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
        font-family="sans-serif" font-size="12" role="img">
          <title>%3$s</title>
          <rect width="%1$d" height="%2$d" fill="white"/>
        %4$s</svg>
        """
        .formatted(WIDTH, height, title, marks);
  }
}
