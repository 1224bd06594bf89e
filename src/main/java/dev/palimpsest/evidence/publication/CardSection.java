package dev.palimpsest.evidence.publication;

import dev.palimpsest.evidence.EvidenceException;

/** The part of a model card that is Palimpsest's; what people wrote around it stays as it is. */
final class CardSection {
  private static final String BEGIN = "<!-- palimpsest: begin, written by 'palimpsest publish' -->";
  private static final String END = "<!-- palimpsest: end -->";

  private CardSection() {}

  /**
   * Returns a card with the section in place of the one that is there, or at its end.
   *
   * @throws EvidenceException if the card has a beginning without an end
   */
  static String put(String card, String decision, String figures) {
    String section = BEGIN + "\n" + figures.strip() + "\n\n" + decision + "\n" + END;
    int from = card.indexOf(BEGIN);
    if (from < 0) {
      return (card.isBlank() ? "" : card.stripTrailing() + "\n\n") + section + "\n";
    }
    int to = card.indexOf(END, from);
    if (to < 0) {
      throw new EvidenceException(
          "The model card has the line '"
              + BEGIN
              + "' and not the line '"
              + END
              + "' after it; put it behind what Palimpsest wrote, or remove the first.");
    }
    return card.substring(0, from) + section + card.substring(to + END.length());
  }
}
