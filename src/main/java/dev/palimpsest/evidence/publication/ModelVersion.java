package dev.palimpsest.evidence.publication;

import java.util.Map;
import java.util.Objects;

/**
 * A version of a model in an MLflow registry.
 *
 * @param name of the registered model
 * @param version its number, as MLflow writes it
 * @param source where its files are said to be
 * @param tags of the version
 */
public record ModelVersion(String name, String version, String source, Map<String, String> tags) {
  public ModelVersion {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(version, "version is null");
    Objects.requireNonNull(source, "source is null");
    tags = Map.copyOf(tags);
  }

  /** Returns "name, version 3". */
  public String words() {
    return name + ", version " + version;
  }
}
