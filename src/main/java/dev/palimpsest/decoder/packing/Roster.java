package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.kernel.Model;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which model each request of a call is for: one base, alone or with one of several adapters.
 *
 * @param models the base with each adapter; the base itself, if it is there, comes first
 * @param chosen for each request the number of its model
 * @param joint the base with all adapters side by side; not read if there is one model only
 * @param adapters how many lie side by side in it: all models but the base
 */
public record Roster(List<Model> models, int[] chosen, Model joint, int adapters) {
  public Roster {
    models = List.copyOf(models);
    Objects.requireNonNull(chosen, "chosen is null");
    Objects.requireNonNull(joint, "joint is null");
  }

  /** Puts all requests to one model. */
  public static Roster of(Model model, int requests) {
    return new Roster(List.of(model), new int[requests], model, 0);
  }

  /** The model of a forward pass, by the request that each of its tokens belongs to. */
  interface Pass {
    Model of(int[] requests);
  }

  /** Returns the pass of requests that are all for the same model as one of them. */
  Pass alone(int request) {
    Model model = models.get(chosen[request]);
    return requests -> model;
  }

  /** Returns the pass of requests for any of the models. */
  Pass together() {
    int base = models.size() - adapters;
    return requests ->
        joint.choosing(adapters, Arrays.stream(requests).map(r -> chosen[r] - base).toArray());
  }

  /** Returns requests by model. */
  List<List<Integer>> apart(List<Integer> requests) {
    return List.copyOf(
        requests.stream()
            .collect(Collectors.groupingBy(r -> chosen[r], TreeMap::new, Collectors.toList()))
            .values());
  }
}
