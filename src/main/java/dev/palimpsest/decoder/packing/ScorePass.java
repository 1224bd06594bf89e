package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.kernel.Likelihoods;
import dev.palimpsest.decoder.kernel.Targets;
import dev.palimpsest.decoder.kernel.TokenRow;
import dev.palimpsest.inference.ContinuationScore;
import java.util.ArrayList;
import java.util.List;

/** Contexts and continuations that are scored in one forward pass. */
final class ScorePass {
  private final int prefix;
  private final RowBuilder row;
  private final List<ScoreUnit.Branch> branches = new ArrayList<>();
  private final IntList rows = new IntList();
  private final IntList at = new IntList();
  private final IntList targets = new IntList();

  ScorePass(int prefix) {
    this.prefix = prefix;
    this.row = new RowBuilder(prefix);
  }

  void add(ScoreUnit unit) {
    int first = row.addTree(unit);
    int token = first + unit.context().length - prefix - 1;
    int root = read(token);
    for (ScoreUnit.Branch branch : unit.branches()) {
      int[] ids = branch.ids();
      target(root, ids[0]);
      for (int i = 1; i < ids.length; i++) {
        target(read(++token), ids[i]);
      }
      branches.add(branch);
    }
  }

  private int read(int token) {
    rows.add(token);
    return rows.size() - 1;
  }

  private void target(int readRow, int id) {
    at.add(readRow);
    targets.add(id);
  }

  TokenRow row() {
    return row.build();
  }

  Targets targets() {
    return new Targets(rows.toArray(), at.toArray(), targets.toArray());
  }

  /** Hands out what the kernel found, branch by branch. */
  void deliver(Likelihoods found, ContinuationScore[][] scores) {
    int[] readRows = at.toArray();
    int next = 0;
    for (ScoreUnit.Branch branch : branches) {
      float[] logProbs = new float[branch.ids().length];
      boolean greedy = true;
      for (int i = 0; i < logProbs.length; i++, next++) {
        logProbs[i] = ContinuationScore.number(found.logProbs()[next]);
        greedy &= found.mostLikely()[readRows[next]] == branch.ids()[i];
      }
      scores[branch.request()][branch.index()] =
          new ContinuationScore(logProbs, greedy, branch.truncated());
    }
  }
}
