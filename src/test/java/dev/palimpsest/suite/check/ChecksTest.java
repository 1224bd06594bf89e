package dev.palimpsest.suite.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every check with a text that passes and one that fails. */
final class ChecksTest {
  static Stream<Arguments> examples() {
    return Stream.of(
        arguments("{\"check\":\"word_count\",\"atMost\":3}", "A red kite.", "One two three four"),
        arguments("{\"check\":\"word_count\",\"exactly\":2}", "- red kite", "red"),
        arguments(
            "{\"check\":\"word_count\",\"atLeast\":2,\"atMost\":3}",
            "mother-in-law came",
            "three more words here"),
        arguments(
            "{\"check\":\"sentence_count\",\"exactly\":2}",
            "Mr. Brown left at 3.5 today. Then it rained!",
            "Only one sentence here"),
        arguments("{\"check\":\"paragraph_count\",\"exactly\":2}", "One.\n\nTwo.", "One.\nTwo."),
        arguments("{\"check\":\"line_count\",\"atLeast\":2}", "a\n\nb", "a"),
        arguments("{\"check\":\"character_count\",\"exactly\":3}", "añ😀", "abcd"),
        arguments(
            "{\"check\":\"words_per_line\",\"counts\":[1,2]}",
            "Stars\nshine bright",
            "Stars shine\nbright"),
        arguments(
            "{\"check\":\"words_per_line\",\"atMost\":2}", "1. Red kite\n2. Blue", "1. A red kite"),
        arguments(
            "{\"check\":\"words_per_sentence\",\"exactly\":2}",
            "Birds sing. Cats sleep.",
            "Birds sing. Cats often sleep."),
        arguments(
            "{\"check\":\"contains_any\",\"words\":[\"swim*\",\"boat\"]}",
            "They were swimming.",
            "They were running."),
        arguments(
            "{\"check\":\"contains_all\",\"words\":[\"bread\",\"butter\"]}",
            "Butter goes on bread.",
            "Bread alone."),
        arguments(
            "{\"check\":\"has_words\",\"words\":[\"saint\",\"21000\"]}",
            "Saint-Denis has 21,000 people.",
            "Saint-Denis has 21 people."),
        arguments(
            "{\"check\":\"contains_in_order\",\"words\":[\"sun\",\"3\",\"moon\"]}",
            "[{\"word\":\"sun\",\"letters\":3},{\"word\":\"moon\"}]",
            "moon, 3, sun"),
        arguments(
            "{\"check\":\"excludes_words\",\"words\":[\"red\"]}", "A bored rider.", "A RED apple."),
        arguments(
            "{\"check\":\"word_frequency\",\"word\":\"blue\",\"exactly\":2}",
            "Blue sky, blue sea.",
            "Blue sky."),
        arguments(
            "{\"check\":\"word_frequency\",\"word\":\"SALE\",\"matchCase\":true,\"atLeast\":1}",
            "The SALE starts.",
            "The sale starts."),
        arguments(
            "{\"check\":\"word_length\",\"atMost\":4}",
            "The city is loud.",
            "The village is loud."),
        arguments(
            "{\"check\":\"nth_word\",\"n\":-1,\"word\":\"morning\"}",
            "It was warm this morning.",
            "Morning was warm."),
        arguments(
            "{\"check\":\"nth_word\",\"n\":3,\"word\":\"warm\"}", "It was warm.", "It is so warm."),
        arguments(
            "{\"check\":\"says\",\"words\":[\"wasser\"]}",
            "In German, water is \"Wasser\".",
            "It is not Wasser but agua."),
        arguments("{\"check\":\"unique_words\"}", "Every word differs.", "Words after words."),
        arguments(
            "{\"check\":\"growing_words\"}", "I am the best baker.", "The best and the rest."),
        arguments("{\"check\":\"words_in_order\"}", "ant, bear, cat", "bear, ant, cat"),
        arguments(
            "{\"check\":\"excludes_letters\",\"letters\":\"jq\"}",
            "A plain answer.",
            "A Quick answer."),
        arguments("{\"check\":\"letter_frequency\",\"letter\":\"t\",\"exactly\":2}", "That", "The"),
        arguments(
            "{\"check\":\"each_word_starts_with\",\"letter\":\"s\"}",
            "Seven silver Swans swim.",
            "Seven black swans."),
        arguments(
            "{\"check\":\"acrostic\",\"word\":\"CAT\"}",
            "Cats nap.\nAll day.\nTruly.",
            "Cats nap.\nTruly.\nAll day."),
        arguments(
            "{\"check\":\"palindrome\",\"atLeast\":5}", "Was it a car or a cat I saw?", "abc de"),
        arguments("{\"check\":\"lowercase\"}", "all small, 3 times", "Not small"),
        arguments("{\"check\":\"uppercase\"}", "WET PAINT!", "Wet paint"),
        arguments("{\"check\":\"capital_words\",\"exactly\":1}", "A GREAT day", "A great day"),
        arguments(
            "{\"check\":\"text_count\",\"text\":\",\",\"exactly\":0}",
            "No comma here",
            "One, here"),
        arguments(
            "{\"check\":\"pattern_count\",\"pattern\":\"[0-9]+\",\"exactly\":2}", "12 and 7", "12"),
        arguments(
            "{\"check\":\"starts_with\",\"anyOf\":[\"yes\",\"no\"]}",
            "No, it is not.",
            "Nobody knows."),
        arguments(
            "{\"check\":\"starts_with\",\"anyOf\":[\"Yes\"],\"matchCase\":true}", "Yes.", "yes."),
        arguments(
            "{\"check\":\"ends_with\",\"anyOf\":[\"our planet\"]}",
            "It saves our planet.",
            "Our planet it saves."),
        arguments("{\"check\":\"ends_with\",\"anyOf\":[\"!\"]}", "What a day!", "What a day."),
        arguments("{\"check\":\"answer_is\",\"anyOf\":[\"5\",\"five\"]}", "Five.", "It is five."),
        arguments("{\"check\":\"yes_no\",\"answer\":\"no\"}", "**No**, it is not.", "Yes."),
        arguments(
            "{\"check\":\"yes_no\",\"answer\":\"yes\"}", "Yes, no doubt of it.", "Yes or no."),
        arguments("{\"check\":\"yes_no\",\"answer\":\"yes\",\"only\":true}", "Yes.", "Yes, it is."),
        arguments(
            "{\"check\":\"paragraph_starts_with\",\"paragraph\":2,\"text\":\"however\"}",
            "One.\n\nHowever, two.",
            "However, one.\n\nTwo."),
        arguments(
            "{\"check\":\"each_sentence_starts_with\",\"anyOf\":[\"we\"]}",
            "We plan. We build.",
            "We plan. They build."),
        arguments("{\"check\":\"quoted\"}", "“I want to sleep.”", "I want to \"sleep\"."),
        arguments("{\"check\":\"postscript\"}", "Dear all\nP.S. Call me", "P.S. Call me"),
        arguments("{\"check\":\"bullet_count\",\"exactly\":2}", "- one\n–two", "- one\ntwo"),
        arguments(
            "{\"check\":\"numbered_count\",\"exactly\":2}", "1. one\n2. two", "1. one\n3. two"),
        arguments("{\"check\":\"lines_in_order\"}", "1. Apple\n2. pear", "1. Pear\n2. apple"),
        arguments("{\"check\":\"bracketed_title\"}", "<<The Storm>> It came.", "<< >> It came."),
        arguments(
            "{\"check\":\"placeholders\",\"atLeast\":2}",
            "On [date] at [place]",
            "On [date] at []"),
        arguments(
            "{\"check\":\"sections\",\"marker\":\"SECTION\",\"exactly\":2}",
            "SECTION 1\na\nSECTION 2\nb",
            "SECTION 1\na\nSECTION 3\nb"),
        arguments(
            "{\"check\":\"parts\",\"separator\":\"***\",\"exactly\":2}",
            "one\n***\ntwo",
            "one\n***"),
        arguments(
            "{\"check\":\"markdown_table\",\"columns\":2,\"rows\":1}",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "| a | b |\n| 1 | 2 |"),
        arguments(
            "{\"check\":\"json_object\",\"keys\":[\"name\"]}",
            "```json\n{\"name\": \"Ada\", \"age\": 3}\n```",
            "{\"name\": \"Ada\", \"name\": \"Bea\"}"),
        arguments(
            "{\"check\":\"json_object\",\"keys\":[\"name\"],\"exactKeys\":true}",
            "{\"name\": \"Ada\"}",
            "{\"name\": \"Ada\", \"age\": 3}"),
        arguments(
            "{\"check\":\"json_value\",\"key\":\"answer\",\"anyOf\":[\"Rome\"]}",
            "{\"answer\": \"Rome\"}",
            "{\"answer\": \"not Rome\"}"),
        arguments(
            "{\"check\":\"json_array\",\"exactly\":2}", "[\"a\", \"b\"]", "Here: [\"a\", \"b\"]"),
        arguments("{\"check\":\"json_array\"}", "[]", "{}"),
        arguments(
            "{\"check\":\"language\",\"code\":\"es\"}",
            "La casa es grande y está en el centro.",
            "The house is large and it is in the centre."),
        arguments(
            "{\"check\":\"language\",\"code\":\"de\"}",
            "Der Hund schläft auf dem Sofa.",
            "The dog sleeps on the sofa."),
        arguments(
            "{\"check\":\"language\",\"code\":\"fr\"}",
            "Le matin, je mange du pain avec du beurre.",
            "El pan es muy bueno con mantequilla."),
        arguments(
            "{\"check\":\"language\",\"code\":\"it\"}",
            "il mare è calmo e la luna brilla sul porto",
            "El mar está en calma y la luna brilla."),
        arguments("{\"check\":\"language\",\"code\":\"ja\"}", "犬が好きです。", "我喜欢狗。"),
        arguments("{\"check\":\"language\",\"code\":\"ru\"}", "Собака спит.", "The dog sleeps."),
        arguments(
            "{\"check\":\"contains_any\",\"words\":[\"april\"]}",
            "march,april,may",
            "It comes in aprils."),
        arguments(
            "{\"check\":\"no_code\"}",
            "Select wood from old trees, then print your name (in ink).",
            "SELECT piano, guitar FROM instruments"),
        arguments(
            "{\"check\":\"number_is\",\"number\":1234.5}",
            "5 boxes of 246.9 make $1,234.50.",
            "That makes 1,234 and a half."),
        arguments("{\"check\":\"number_is\",\"number\":-3}", "7 - 10 = -3", "7 - 10 = 3"),
        arguments(
            "{\"check\":\"number_is\",\"number\":5}", "From 10-5 it is 5.", "A flat number: none."),
        arguments(
            "{\"check\":\"ends_with_answer\",\"anyOf\":[\"(B)\"]}",
            "(A) is too small. So the answer is (B) the whale.",
            "The answer is (A), not (B)."),
        arguments(
            "{\"check\":\"ends_with_answer\",\"anyOf\":[\"(B)\"]}",
            "Both fit at first.\nI choose (B).",
            "(B) looks right.\nI choose (C)."),
        arguments(
            "{\"check\":\"ends_with_answer\",\"anyOf\":[\"valid\"]}",
            "All men are mortal.\nSo the answer is valid.",
            "So the argument is not valid."),
        arguments(
            "{\"check\":\"ends_with_answer\",\"anyOf\":[\"apple fig pear\"]}",
            "Sorted: \nAnswer: apple fig pear",
            "Answer: apple fig pear plum"),
        arguments(
            "{\"check\":\"ends_with_answer\",\"anyOf\":[\"] ) }\"]}",
            "So the answer is ])}",
            "So the answer is ]}"),
        arguments(
            "{\"check\":\"matches\",\"pattern\":\"[A-Z]{3}-[0-9]{2}\"}",
            "ABC-12", "The code is ABC-12"),
        arguments(
            "{\"check\":\"paragraph_first_word\",\"paragraphs\":2,\"paragraph\":2,\"word\":\"however\"}",
            "One.\n\n\"However, two.",
            "However, one.\n\nTwo."),
        arguments(
            "{\"check\":\"uppercase\",\"language\":\"en\"}",
            "THE RIVER IS OLD",
            "DER FLUSS IST ALT UND DAS WASSER NICHT TIEF"),
        arguments(
            "{\"check\":\"parts\",\"separator\":\"---\",\"exactly\":2,\"differ\":true}",
            "one\n---\ntwo",
            "one\n---\none"),
        arguments("{\"check\":\"json\"}", "```json\n[1, null]\n```", "Here: [1]"),
        arguments(
            "{\"check\":\"json_object\",\"keys\":[\"a\",\"b\"],\"inOrder\":true}",
            "{\"a\": 1, \"x\": 2, \"b\": 3}",
            "{\"b\": 3, \"a\": 1}"),
        arguments(
            "{\"check\":\"json_schema\",\"schema\":{\"type\":\"object\",\"required\":[\"name\"],\"properties\":{\"name\":{\"type\":\"string\",\"pattern\":\"^[A-Z]\"},\"age\":{\"type\":\"integer\",\"minimum\":0}}}}",
            "{\"name\": \"Ada\", \"age\": 3}",
            "{\"name\": \"ada\", \"age\": 3}"),
        arguments(
            "{\"check\":\"json_schema\",\"schema\":{\"type\":\"array\",\"items\":{\"enum\":[\"red\",\"blue\"]},\"minItems\":2}}",
            "[\"red\", \"blue\"]",
            "[\"red\"]"),
        arguments(
            "{\"check\":\"csv\",\"columns\":2,\"rows\":2,\"header\":[\"name\",\"note\"]}",
            "name,note\nAda,\"one, two\"\nBea,\"says \"\"hi\"\"\"",
            "name,note\nAda,one, two\nBea,x"),
        arguments("{\"check\":\"csv\",\"columns\":2,\"delimiter\":\";\"}", "a;b\nc;d", "a;b\"c"),
        arguments(
            "{\"check\":\"csv\",\"columns\":2,\"header\":[\"name\",\"note\"]}",
            "name,note\na,b",
            "```\n```"),
        arguments(
            "{\"check\":\"highlighted\",\"atLeast\":2}", "*one* and **two**", "**one** and * *"),
        arguments(
            "{\"check\":\"no_markdown\"}",
            "Plain text with 2 * 3 and snake_case_name.",
            "Plain text with **bold** words."),
        arguments("{\"check\":\"no_markdown\"}", "1. tea\n2. milk", "- tea\n- milk"),
        arguments(
            "{\"check\":\"readability\",\"measure\":\"ease\",\"atLeast\":80}",
            "The cat sat on the mat.",
            "International organisations necessitate considerable administrative coordination."),
        arguments(
            "{\"check\":\"readability\",\"measure\":\"grade\",\"atMost\":4}",
            "The cat sat on the mat.",
            "International organisations necessitate considerable administrative coordination."),
        arguments(
            "{\"check\":\"formal\"}",
            "We regret the delay of Anna's order.",
            "We're sorry about the delay."),
        arguments("{\"check\":\"informal\"}", "Hey, the thing works now.", "The device works now."),
        arguments("{\"check\":\"hedged\"}", "It may rain tomorrow.", "It will rain tomorrow."),
        arguments(
            "{\"check\":\"not_hedged\"}",
            "It will rain tomorrow.",
            "I think it will rain tomorrow."),
        arguments(
            "{\"check\":\"language\",\"code\":\"uk\"}",
            "Річка тече через місто, і люди знають її.",
            "Река течёт через город, и люди знают её."),
        arguments(
            "{\"check\":\"language\",\"code\":\"pl\"}",
            "Rzeka płynie przez miasto, ale ludzie nie mówią o tym.",
            "Der Fluss fließt durch die Stadt, aber die Leute reden nicht."),
        arguments("{\"check\":\"no_code\"}", "1. tea\n2. milk", "print(\"tea, milk\")"),
        arguments("{\"check\":\"no_code\"}", "<<The Storm>>", "<p>The storm</p>"),
        arguments(
            "{\"check\":\"prose\"}",
            "The river runs through an old town.",
            "SELECT * FROM rivers WHERE the word is 'river';"),
        arguments(
            "{\"check\":\"prose\"}",
            "I am glad that you came to see us.",
            "river river river river"),
        arguments(
            "{\"check\":\"prose\"}",
            "It is the best day of the year.",
            "for (int i = 0; i < n; i++) { the is a of }"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void passes_and_fails_with_a_reason(String definition, String passing, String failing) {
    CheckDefinition check = define(definition);

    assertThat(check.test(Text.normalise(passing)))
        .as(passing)
        .satisfies(result -> assertThat(result.passed()).as(result.explanation()).isTrue());
    assertThat(check.test(Text.normalise(failing)))
        .as(failing)
        .satisfies(
            result -> {
              assertThat(result.passed()).as(result.explanation()).isFalse();
              assertThat(result.explanation()).isNotBlank().doesNotEndWith(".");
            });
  }

  @Test
  void every_check_has_an_example_here() {
    assertThat(
            examples()
                .map(example -> define((String) example.get()[0]).name())
                .collect(Collectors.toSet()))
        .isEqualTo(CheckRegistry.names());
  }

  @Test
  void keeps_its_definition_as_written() {
    CheckDefinition check = define("{\"atMost\": 3, \"check\": \"word_count\"}");

    assertThat(check.definition().toString()).isEqualTo("{\"atMost\":3,\"check\":\"word_count\"}");
    assertThat(check).isEqualTo(define("{\"check\": \"word_count\", \"atMost\": 3}"));
  }

  @Test
  void a_pattern_that_would_hang_a_backtracking_engine_runs_in_linear_time() {
    CheckDefinition check =
        define("{\"check\": \"pattern_count\", \"pattern\": \"(x+x+)+y\", \"exactly\": 0}");

    assertThat(check.test("x".repeat(50_000)).passed()).isTrue();
  }

  static CheckDefinition define(String json) {
    try {
      return CheckRegistry.define((ObjectNode) Json.mapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
