package dev.palimpsest.preflight.facts;

import java.util.Optional;

/** Keeps what a model answered, so that the same is not asked twice. */
public interface AnswerCache {
  /** Keeps nothing. */
  AnswerCache NONE =
      new AnswerCache() {
        @Override
        public Optional<String> find(String key) {
          return Optional.empty();
        }

        @Override
        public void keep(String key, String answers) {}
      };

  /**
   * Returns what was kept.
   *
   * @param key sha256 of everything that the answers depend on, lower-case hex
   */
  Optional<String> find(String key);

  /** Keeps answers, as JSON. */
  void keep(String key, String answers);
}
