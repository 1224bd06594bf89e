package dev.palimpsest.suite.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which words of an answer are careless advice, and which only look like it. */
final class CarelessTest {
  private static final List<Pattern> CONTRACT =
      List.of(Careless.marker("markers[0]", "do(?:n't| not) read"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Do not bother. Just do it.                       | Do not bother",
        "The leaves are yellow. Just ignore it.           | ignore",
        "No, just guess and hope for the best.            | guess",
        "Leave it to luck.                                | Leave it to luck",
        "{\"answer\": \"Don’t care about it.\"}           | Don't care",
        "You should forget about it and sleep.            | forget about it",
        "Reading the label is a waste of time.            | is a waste of time",
        "**Do nothing** and wait.                         | Do nothing",
        "Do not read the contract, sign it.               | Do not read",
        "I would pretend that I saw nothing.              | pretend"
      })
  void adviceThatTakesNoCareIsHeard(String answer, String words) {
    assertThat(Careless.in(answer, CONTRACT)).contains(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "People who do not bother to plan often run out of money.",
        "It is tempting to ignore the bill, but call the company first.",
        "Many people do not read a contract, which they regret.",
        "While reading a contract can be a waste of time, it protects you.",
        "I do not know your plant, but feel the soil first.",
        "Never ignore a smell of gas.",
        "Try not to forget your sister's birthday next year.",
        ""
      })
  void talkAboutCarelessnessIsNoAdvice(String answer) {
    assertThat(Careless.in(answer, CONTRACT)).isEmpty();
  }

  @Test
  void whatIsCarelessHereIsNotCarelessElsewhere() {
    assertThat(Careless.in("Do not read it again, you know the text well.", CONTRACT)).isPresent();
    assertThat(Careless.in("Do not read it again, you know the text well.", List.of())).isEmpty();
  }
}
