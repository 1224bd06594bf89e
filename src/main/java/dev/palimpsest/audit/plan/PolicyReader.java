package dev.palimpsest.audit.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a policy of a file's tree, and finds every fault before it gives up. */
final class PolicyReader {
  private static final Set<String> TIERS = Set.of("easy", "medium", "hard");
  private static final String DROP = "a share above 0 and below 1, such as 0.05 for five points";

  private final String file;
  private final JsonNode root;
  private final PolicyFields fields;

  PolicyReader(String file, PolicyYaml yaml) {
    this.file = file;
    this.root = yaml.root();
    this.fields = new PolicyFields(file, yaml);
  }

  Policy policy() {
    if (!root.isObject()) {
      throw new PolicyException(
          file + " is no policy; it should begin with version: 2 and a name.");
    }
    int version = version(root);
    boolean second = version != Policy.OLDEST_VERSION;
    fields.known(root, "", keys(second));
    String name = second ? fields.text(root, "name", "").orElse("") : "";
    double alpha =
        root.has("alpha")
            ? fields
                .number(root, "alpha", "", a -> a > 0 && a < 0.5, "a level above 0 and below 0.5")
                .orElse(Policy.standard().alpha())
            : Policy.standard().alpha();
    List<PolicyGate> gates = gates(root, second);
    // What the first version has not is named as unknown and read no further.
    JsonNode more = second ? root : JsonNodeFactory.instance.objectNode();
    List<RareBound> rare = rare(more);
    List<String> require = fields.texts(more, "require", "");
    Optional<Policy.Uninformative> uninformative =
        more.has("uninformative")
            ? fields.word(more, "uninformative", "", Policy.Uninformative.values())
            : Optional.empty();
    List<Waiver> waivers = waivers(more);
    Optional<Integer> approvals =
        more.has("approvals")
            ? fields
                .number(
                    more,
                    "approvals",
                    "",
                    n -> n == Math.rint(n) && n >= 1 && n <= Policy.MOST_APPROVALS,
                    "a whole number of people from 1 to " + Policy.MOST_APPROVALS)
                .map(Double::intValue)
            : Optional.empty();
    if (!fields.faults().isEmpty()) {
      throw new PolicyException(fields.faults());
    }
    // The default, written out, is no other policy.
    return new Policy(
        version,
        name,
        alpha,
        gates,
        rare,
        require,
        uninformative.filter(what -> what == Policy.Uninformative.BLOCK),
        waivers,
        approvals);
  }

  private static List<String> keys(boolean second) {
    return second
        ? List.of(
            "version",
            "name",
            "alpha",
            "gates",
            "rare",
            "require",
            "uninformative",
            "waivers",
            "approvals")
        : List.of("version", "alpha", "gates");
  }

  private int version(JsonNode root) {
    JsonNode version = root.path("version");
    boolean known =
        version.isInt()
            && version.intValue() >= Policy.OLDEST_VERSION
            && version.intValue() <= Policy.VERSION;
    if (!known) {
      fields.fault("version", PolicyFields.found(version), "1 or 2, as in the line version: 2");
    }
    return known ? version.intValue() : Policy.VERSION;
  }

  private List<PolicyGate> gates(JsonNode root, boolean second) {
    if (!second && !root.has("gates")) {
      fields.fault("gates", "nothing", "a list with one {suite: ID, maxDrop: 0.05} per suite");
    }
    List<PolicyGate> gates = new ArrayList<>();
    Set<String> suites = new HashSet<>();
    for (String where : fields.elements(root, "gates")) {
      JsonNode gate = root.path("gates").get(PolicyFields.index(where));
      if (!fields.object(gate, where, "a gate such as {suite: ID, maxDrop: 0.05}")) {
        continue;
      }
      fields.known(
          gate,
          where,
          second
              ? List.of("suite", "maxDrop", "tiers", "minGain", "severe")
              : List.of("suite", "maxDrop"));
      String suite = fields.text(gate, "suite", where).orElse("");
      if (!suite.isEmpty() && !suites.add(PolicyGate.idOf(suite))) {
        fields.fault(where + ".suite", suite + " a second time", "one gate for each suite");
      }
      gate(gate, where, suite, second).ifPresent(gates::add);
    }
    return gates;
  }

  private Optional<PolicyGate> gate(JsonNode gate, String where, String suite, boolean second) {
    int before = fields.faults().size();
    Optional<Double> drop = gate.has("maxDrop") || !second ? drop(gate, where) : Optional.empty();
    Optional<Double> gain =
        gate.has("minGain")
            ? fields.number(
                gate,
                "minGain",
                where,
                g -> g >= 0 && g < 1,
                "a share from 0 to below 1, such as 0.02 for two points")
            : Optional.empty();
    Map<String, PolicyGate.TierGate> tiers = tiers(gate, where);
    List<String> severe = fields.texts(gate, "severe", where);
    return fields.faults().size() > before || suite.isEmpty()
        ? Optional.empty()
        : Optional.of(new PolicyGate(suite, drop, tiers, gain, severe));
  }

  private Map<String, PolicyGate.TierGate> tiers(JsonNode gate, String where) {
    Map<String, PolicyGate.TierGate> tiers = new LinkedHashMap<>();
    if (!gate.has("tiers")) {
      return tiers;
    }
    String field = where + ".tiers";
    if (!fields.object(gate.get("tiers"), field, "tiers such as {easy: {maxDrop: 0.03}}")) {
      return tiers;
    }
    for (Iterator<String> names = gate.get("tiers").fieldNames(); names.hasNext(); ) {
      String tier = names.next();
      String place = field + "." + tier;
      JsonNode one = gate.get("tiers").get(tier);
      if (!TIERS.contains(tier)) {
        fields.fault(place, "the tier " + tier, "easy, medium or hard");
      } else if (fields.object(one, place, "its margin, as in {maxDrop: 0.03}")) {
        fields.known(one, place, List.of("maxDrop"));
        drop(one, place).ifPresent(drop -> tiers.put(tier, new PolicyGate.TierGate(drop)));
      }
    }
    return tiers;
  }

  private Optional<Double> drop(JsonNode parent, String where) {
    return fields.number(parent, "maxDrop", where, d -> d > 0 && d < 1, DROP);
  }

  private List<RareBound> rare(JsonNode root) {
    List<RareBound> bounds = new ArrayList<>();
    for (String where : fields.elements(root, "rare")) {
      JsonNode bound = root.path("rare").get(PolicyFields.index(where));
      if (fields.object(bound, where, "a bound such as {suite: ID, rate: wrong, max: 0.01}")) {
        fields.known(bound, where, List.of("suite", "rate", "max"));
        Optional<String> suite = fields.text(bound, "suite", where);
        Optional<RareBound.Rate> rate = fields.word(bound, "rate", where, RareBound.Rate.values());
        Optional<Double> max =
            fields.number(
                bound,
                "max",
                where,
                m -> m > 0 && m < 1,
                "a share above 0 and below 1, such as 0.01 for one in a hundred");
        if (suite.isPresent() && rate.isPresent() && max.isPresent()) {
          bounds.add(new RareBound(suite.get(), rate.get(), max.get()));
        }
      }
    }
    return bounds;
  }

  private List<Waiver> waivers(JsonNode root) {
    List<Waiver> waivers = new ArrayList<>();
    for (String where : fields.elements(root, "waivers")) {
      JsonNode waiver = root.path("waivers").get(PolicyFields.index(where));
      if (fields.object(
          waiver,
          where,
          "a waiver such as {what: template, who: NAME, reason: WHY, expires: 2027-01-31}")) {
        fields.known(waiver, where, List.of("what", "suite", "who", "reason", "expires"));
        Optional<Waiver.Subject> what = fields.word(waiver, "what", where, Waiver.Subject.values());
        Optional<String> suite =
            waiver.has("suite") ? fields.text(waiver, "suite", where) : Optional.empty();
        Optional<String> who = fields.text(waiver, "who", where);
        Optional<String> reason = fields.text(waiver, "reason", where);
        Optional<LocalDate> expires = fields.date(waiver, where);
        if (what.isPresent() && who.isPresent() && reason.isPresent() && expires.isPresent()) {
          waivers.add(new Waiver(what.get(), suite, who.get(), reason.get(), expires.get()));
        }
      }
    }
    return waivers;
  }
}
