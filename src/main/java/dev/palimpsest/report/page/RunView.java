package dev.palimpsest.report.page;

import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.chart.TrajectoryChart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the capabilities moved over three or more checkpoints of one run, which their names tell.
 *
 * @param run the run's name; "" where the checkpoints' names have nothing but a number
 * @param unit what counts its progress, "step"
 * @param picture a panel for each capability
 * @param rows the same in figures
 */
public record RunView(String run, String unit, Picture picture, List<Row> rows) {
  private static final int LEAST = 3;

  /**
   * A capability.
   *
   * @param stops in order of the step
   */
  public record Row(String name, List<TrajectoryChart.Stop> stops) {}

  private record Member(RunStep step, ArmView arm) {}

  /** Returns the runs among a report's checkpoints. */
  static List<RunView> of(List<ArmView> arms) {
    Map<String, List<Member>> runs = new LinkedHashMap<>();
    for (ArmView arm : arms) {
      RunStep.of(arm.arm().name())
          .ifPresent(
              step ->
                  runs.computeIfAbsent(step.unit() + " " + step.run(), key -> new ArrayList<>())
                      .add(new Member(step, arm)));
    }
    List<RunView> views = new ArrayList<>();
    for (List<Member> members : runs.values()) {
      if (members.stream().map(member -> member.step().step()).distinct().count() >= LEAST) {
        members.sort(Comparator.comparingDouble(member -> member.step().step()));
        views.add(view(members, views.size() + 1));
      }
    }
    return views;
  }

  private static RunView view(List<Member> members, int number) {
    RunStep step = members.get(0).step();
    List<TrajectoryChart.Panel> panels = panels(members);
    String title = "Change of every capability over the run, in points";
    Picture picture =
        Picture.of(
            size ->
                TrajectoryChart.svg(
                    panels,
                    step.unit(),
                    size,
                    "run-" + number + "-" + size.word(),
                    title,
                    described(panels)));
    List<Row> rows = panels.stream().map(panel -> new Row(panel.name(), panel.stops())).toList();
    return new RunView(SafeText.visible(step.run()), step.unit(), picture, rows);
  }

  private static List<TrajectoryChart.Panel> panels(List<Member> members) {
    List<TrajectoryChart.Panel> panels = new ArrayList<>();
    List<FindingView> last = members.get(members.size() - 1).arm().rows();
    for (FindingView end : last) {
      List<TrajectoryChart.Stop> stops = new ArrayList<>();
      for (Member member : members) {
        member.arm().rows().stream()
            .filter(row -> row.finding().suite().equals(end.finding().suite()))
            .forEach(
                row ->
                    stops.add(
                        new TrajectoryChart.Stop(
                            member.step().step(), member.step().label(), row.value())));
      }
      panels.add(new TrajectoryChart.Panel(end.name(), end.finding().margin(), stops));
    }
    return panels;
  }

  private static String described(List<TrajectoryChart.Panel> panels) {
    StringBuilder text = new StringBuilder();
    for (TrajectoryChart.Panel panel : panels) {
      List<String> stops =
          panel.stops().stream().map(stop -> stop.label() + ": " + stop.value().text()).toList();
      text.append(panel.name() + ": " + String.join(", ", stops) + ". ");
    }
    return text.toString().strip();
  }
}
