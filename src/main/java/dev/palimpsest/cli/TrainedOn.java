package dev.palimpsest.cli;

import dev.palimpsest.Sha256;
import dev.palimpsest.UserFacingException;
import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedTraining;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.Encoder;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PairLoader;
import dev.palimpsest.inference.PairRunner;
import dev.palimpsest.inference.PairSpec;
import dev.palimpsest.preflight.Preflight;
import dev.palimpsest.preflight.PreflightJson;
import dev.palimpsest.preflight.facts.FactSuite;
import dev.palimpsest.preflight.overlap.Overlap;
import dev.palimpsest.preflight.tuned.TunedLook;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.training.TrainingFile;
import dev.palimpsest.worker.WorkerEncoders;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file that the checkpoints of an audit were trained on.
 *
 * @param preflight what it says by itself
 * @param planned what the audit's plan says of it
 */
record TrainedOn(TrainingFile file, Preflight preflight, PlannedTraining planned) {
  /** Tokens of a row that a trainer keeps, where nobody says how many. */
  private static final int USUAL_LENGTH = 2048;

  /** Reads a file, with an eye on what is asked. */
  static TrainedOn read(Path path, Path base, ChosenSuites chosen) {
    TrainingFile file = TrainingFile.at(path);
    ModelSpec model = new ModelSpec(base, DType.FLOAT32, Map.of());
    try (Encoder encoder = WorkerEncoders.standard().open(model)) {
      Preflight preflight = Preflight.of(file, encoder, USUAL_LENGTH, false, chosen.asked());
      return new TrainedOn(file, preflight, planned(path, preflight));
    }
  }

  /**
   * Returns the facts of the file as a suite; empty where there are too few.
   *
   * @param seed draws from them
   */
  Optional<Suite> facts(long seed) {
    return FactSuite.of(preflight.facts(), planned.file(), planned.digest(), seed);
  }

  private static PlannedTraining planned(Path path, Preflight preflight) {
    Map<String, Map<String, List<Integer>>> aside = new HashMap<>();
    for (Overlap.Match match : preflight.overlap()) {
      aside
          .computeIfAbsent(match.suite(), suite -> new HashMap<>())
          .put(match.item(), match.rows());
    }
    return new PlannedTraining(
        path.getFileName().toString(), digest(path), preflight.lint().rows(), aside);
  }

  private static String digest(Path path) {
    MessageDigest digest = Sha256.start();
    byte[] part = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(path)) {
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        digest.update(part, 0, read);
      }
    } catch (IOException e) {
      throw new OutputException("The training file " + path + " cannot be read to its end.", e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Looks at each tuned checkpoint on the file, prints what is seen and writes preflight.json. */
  void look(AuditPlan plan, PairLoader pairs, OutputFolder folder, PrintWriter out) {
    PreflightText text = new PreflightText(out);
    List<TunedLook> looks = new ArrayList<>();
    PairSpec.Side base = side(plan.base());
    for (Arm arm : plan.tuned()) {
      text.progress("Loading " + arm.name() + " beside its base");
      try (PairRunner pair = pairs.load(new PairSpec(base, side(arm), plan.dtype()))) {
        TunedLook look =
            TunedLook.of(
                arm.name(), pair, file, preflight.sample(), preflight.texts(), text::progress);
        looks.add(look);
        text.tuned(look);
      } catch (UserFacingException refused) {
        // The audit is done and stands; only this look at the file is missing.
        out.println("Note: " + arm.name() + " on its training file: " + refused.getMessage());
      }
    }
    PreflightFile.write(
        folder, PreflightJson.of(preflight, planned.file(), "", Optional.empty(), looks), out);
  }

  private static PairSpec.Side side(Arm arm) {
    return new PairSpec.Side(arm.checkpoint(), arm.adapter(), arm.scaleOrOne());
  }
}
