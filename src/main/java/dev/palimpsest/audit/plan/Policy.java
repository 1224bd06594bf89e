package dev.palimpsest.audit.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What must hold for a checkpoint to pass: what a gate policy file says ({@link PolicyFile}). As
 * JSON it is such a file again, its defaults left out.
 *
 * @param version of the file's format, 1 or 2
 * @param name what people call it; "" in version 1
 * @param alpha one-sided level of the gates, in (0, 0.5)
 * @param gates one per suite that has conditions of its own
 * @param rare bounds on rates of what should hardly ever happen
 * @param require suites that an audit has to ask, by id or id@version
 * @param uninformative what a suite means that cannot tell on the base; empty for {@link
 *     Uninformative#NAME}
 * @param waivers of what would otherwise keep a checkpoint from passing
 * @param approvals how many people have to approve a checkpoint; empty for one
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Policy(
    int version,
    String name,
    double alpha,
    List<PolicyGate> gates,
    List<RareBound> rare,
    List<String> require,
    Optional<Uninformative> uninformative,
    List<Waiver> waivers,
    Optional<Integer> approvals) {
  static final int OLDEST_VERSION = 1;
  static final int VERSION = 2;
  private static final double DEFAULT_ALPHA = 0.05;

  /** The most approvals that a policy may ask for. */
  static final int MOST_APPROVALS = 9;

  /** What a suite means that cannot tell on the base, because that guesses or has no score. */
  public enum Uninformative {
    /** The release may pass without it, and says that it was not judged. */
    @JsonProperty("name")
    NAME,
    /** The release is not proven. */
    @JsonProperty("block")
    BLOCK
  }

  public Policy {
    if (version < OLDEST_VERSION || version > VERSION) {
      throw new PolicyException(
          "The policy is of version " + version + "; this palimpsest reads versions 1 and 2.");
    }
    if (!(alpha > 0 && alpha < 0.5)) {
      throw new PolicyException(
          "The policy has alpha " + alpha + "; it should be above 0 and below 0.5, such as 0.05.");
    }
    name = name == null ? "" : name;
    gates = gates == null ? List.of() : List.copyOf(gates);
    rare = rare == null ? List.of() : List.copyOf(rare);
    require = require == null ? List.of() : List.copyOf(require);
    uninformative = uninformative == null ? Optional.empty() : uninformative;
    waivers = waivers == null ? List.of() : List.copyOf(waivers);
    approvals = approvals == null ? Optional.empty() : approvals.filter(people -> people != 1);
    if (approvals.filter(people -> people < 1 || people > MOST_APPROVALS).isPresent()) {
      throw new PolicyException(
          "The policy asks for "
              + approvals.get()
              + " approvals; it should be 1 to "
              + MOST_APPROVALS
              + ".");
    }
    if (gates.stream().map(PolicyGate::id).distinct().count() < gates.size()) {
      throw new PolicyException("The policy has two gates for one suite; keep one of them.");
    }
  }

  /** Makes a policy of margins alone, as version 1 has them. */
  public Policy(int version, double alpha, List<PolicyGate> gates) {
    this(version, "", alpha, gates, List.of(), List.of(), Optional.empty(), List.of());
  }

  /** Makes a policy by which one approval is enough. */
  public Policy(
      int version,
      String name,
      double alpha,
      List<PolicyGate> gates,
      List<RareBound> rare,
      List<String> require,
      Optional<Uninformative> uninformative,
      List<Waiver> waivers) {
    this(version, name, alpha, gates, rare, require, uninformative, waivers, Optional.empty());
  }

  /** Returns the policy that is used without a file: alpha 0.05, each suite's own margin. */
  public static Policy standard() {
    return new Policy(OLDEST_VERSION, DEFAULT_ALPHA, List.of());
  }

  /** Returns the gate of a suite, if it has one. */
  public Optional<PolicyGate> gate(String suite) {
    return gates.stream().filter(gate -> gate.id().equals(suite)).findFirst();
  }

  /** Returns how many people have to approve a checkpoint. */
  public int approvalsNeeded() {
    return approvals.orElse(1);
  }

  /** Returns the severe items that it names, by suite; those of suite.json are not among them. */
  Map<String, List<String>> severe() {
    Map<String, List<String>> severe = new TreeMap<>();
    gates.stream()
        .filter(gate -> !gate.severe().isEmpty())
        .forEach(gate -> severe.put(gate.id(), gate.severe()));
    return severe;
  }

  /** Tells whether a suite that cannot tell on the base keeps the release from passing. */
  public boolean blocksUninformative() {
    return uninformative.equals(Optional.of(Uninformative.BLOCK));
  }

  /**
   * Returns the sha256 of its canonical JSON (RFC 8785), lower-case hex: the same for YAML and
   * JSON, and whatever the order of keys, comments and defaults that are written out.
   */
  public String digest() {
    return Sha256.hex(CanonicalJson.text(this));
  }
}
