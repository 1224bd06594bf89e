package dev.palimpsest.web;

import dev.palimpsest.audit.comparison.Comparison;
import dev.palimpsest.audit.comparison.Side;
import dev.palimpsest.report.model.History;
import dev.palimpsest.web.api.ApiRoutes;
import dev.palimpsest.web.api.Call;
import dev.palimpsest.web.guard.Role;

/** What spans audits, for programs: any two checkpoints, and the history of a base. */
final class ApiComparisons {
  private static final int BASES = 200;
  private static final int CHECKPOINTS = 500;

  private final ComparePages comparing;
  private final History history;

  ApiComparisons(ComparePages comparing, History history) {
    this.comparing = comparing;
    this.history = history;
  }

  void routes(ApiRoutes api) {
    api.get("/compare", Role.VIEWER, "compare", "Two checkpoints on the items both were asked")
        .needs("left", "AUDIT or AUDIT:ARM, what is compared with.")
        .needs("right", "AUDIT or AUDIT:ARM, what is compared.")
        .asks("leftBase", "The arm that the left one is seen against; its base if left out.")
        .asks("rightBase", "The arm that the right one is seen against; its base if left out.")
        .answers(Comparison.class)
        .refuses(404, 422)
        .by(this::compare);
    api.get("/history", Role.VIEWER, "listBases", "Bases whose tunes were audited")
        .pages(History.Base.class)
        .by(call -> call.page(history.bases(BASES)));
    api.get("/history/{digest}", Role.VIEWER, "listTunes", "Tunes of a base, newest first")
        .pages(History.Entry.class)
        .by(call -> call.page(history.entries(call.step("digest"), CHECKPOINTS)));
  }

  private Comparison compare(Call call) {
    return comparing.compare(side(call, "left"), side(call, "right"));
  }

  private Side side(Call call, String which) {
    return comparing
        .side(call.text(which).orElse(""), call.text(which + "Base").orElse(""))
        .orElseThrow();
  }
}
