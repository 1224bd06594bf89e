package dev.palimpsest.suite.generate;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The templates of reasoning problems, in the order in which they are taken. */
final class Templates {
  private static final List<String> NAMES =
      List.of(
          "Ada", "Ben", "Carla", "Dario", "Elif", "Farid", "Greta", "Hana", "Ivo", "Jonas", "Kira",
          "Leo", "Mina", "Nils", "Olga", "Petra", "Ravi", "Sara", "Tomas", "Vera", "Yusuf", "Zoe");
  private static final List<String> THINGS =
      List.of(
          "apples", "books", "coins", "stamps", "shells", "pencils", "marbles", "cards", "eggs",
          "tickets", "buttons", "stones");
  private static final List<String> COLOURS =
      List.of("red", "blue", "green", "yellow", "white", "black", "brown", "orange");
  private static final List<String> OBJECTS =
      List.of(
          "lamp", "clock", "vase", "book", "cup", "radio", "plant", "basket", "bell", "candle",
          "mirror", "bottle");
  private static final List<String> PLACES =
      List.of("kitchen", "garden", "garage", "attic", "cellar", "hall", "office", "library");
  private static final List<String> DAYS =
      List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
  private static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");
  private static final List<String> JOBS =
      List.of("baker", "doctor", "farmer", "painter", "pilot", "sailor", "tailor", "teacher");
  private static final List<String> NONSENSE =
      List.of("blicket", "dax", "fep", "gorp", "jeb", "kiv", "lorp", "mip", "snork", "tove", "wug");
  private static final List<List<String>> PAIRS =
      List.of(
          List.of("hot", "cold"),
          List.of("tall", "short"),
          List.of("full", "empty"),
          List.of("early", "late"),
          List.of("heavy", "light"),
          List.of("open", "closed"),
          List.of("wet", "dry"),
          List.of("loud", "quiet"),
          List.of("young", "old"),
          List.of("fast", "slow"),
          List.of("rich", "poor"),
          List.of("hard", "soft"),
          List.of("thick", "thin"),
          List.of("clean", "dirty"),
          List.of("sharp", "blunt"));
  private static final List<List<String>> YOUNG =
      List.of(
          List.of("dog", "puppy"),
          List.of("cat", "kitten"),
          List.of("cow", "calf"),
          List.of("sheep", "lamb"),
          List.of("horse", "foal"),
          List.of("hen", "chick"),
          List.of("goat", "kid"),
          List.of("lion", "cub"),
          List.of("deer", "fawn"),
          List.of("duck", "duckling"),
          List.of("goose", "gosling"),
          List.of("frog", "tadpole"));
  private static final List<List<String>> TOOLS =
      List.of(
          List.of("painter", "brush"),
          List.of("carpenter", "saw"),
          List.of("gardener", "spade"),
          List.of("writer", "pen"),
          List.of("cook", "pan"),
          List.of("tailor", "needle"),
          List.of("barber", "scissors"),
          List.of("photographer", "camera"),
          List.of("fisherman", "net"),
          List.of("farmer", "plough"),
          List.of("drummer", "drum"),
          List.of("astronomer", "telescope"));

  static final List<Template> ALL =
      Stream.of(
              arithmetic(),
              stories(),
              ordering(),
              deduction(),
              space(),
              time(),
              analogies(),
              what())
          .flatMap(List::stream)
          .toList();

  private Templates() {}

  private static List<Template> arithmetic() {
    return List.of(
        new Template(
            "sum",
            "arithmetic",
            "easy",
            d -> {
              int a = d.from(3, 40);
              int b = d.from(3, 40);
              return d.number("What is " + a + " plus " + b + "?", a + b, d.from(1, 3), "");
            }),
        new Template(
            "difference",
            "arithmetic",
            "easy",
            d -> {
              int b = d.from(2, 30);
              int a = b + d.from(4, 40);
              return d.number("What is " + a + " minus " + b + "?", a - b, d.from(1, 3), "");
            }),
        new Template(
            "product",
            "arithmetic",
            "easy",
            d -> {
              int a = d.from(2, 12);
              int b = d.from(2, 12);
              return d.number("What is " + a + " times " + b + "?", a * b, d.from(1, 4), "");
            }),
        new Template(
            "half-or-double",
            "arithmetic",
            "easy",
            d -> {
              int a = 2 * d.from(3, 60);
              boolean half = d.from(0, 1) == 0;
              return d.number(
                  "What is " + (half ? "half of " : "twice ") + a + "?",
                  half ? a / 2 : 2 * a,
                  d.from(1, 5),
                  "");
            }),
        new Template(
            "two-steps",
            "arithmetic",
            "medium",
            d -> {
              int a = d.from(2, 20);
              int b = d.from(2, 20);
              int c = d.from(2, 5);
              return d.number(
                  "Add " + a + " and " + b + ", then multiply by " + c + ". What is the result?",
                  (a + b) * c,
                  c,
                  "");
            }),
        new Template(
            "remainder",
            "arithmetic",
            "hard",
            d -> {
              int b = d.from(5, 12);
              int r = d.from(0, b - 1);
              int a = b * d.from(3, 12) + r;
              return d.number(
                  "What is left over when " + a + " is divided by " + b + "?", r, 1, "");
            }));
  }

  private static List<Template> stories() {
    return List.of(
        new Template(
            "gets-more",
            "word-problems",
            "easy",
            d -> {
              int a = d.from(2, 25);
              int b = d.from(2, 15);
              String name = d.one(NAMES);
              String thing = d.one(THINGS);
              return d.number(
                  name
                      + " has "
                      + a
                      + " "
                      + thing
                      + " and gets "
                      + b
                      + " more. How many "
                      + thing
                      + " does "
                      + name
                      + " have now?",
                  a + b,
                  d.from(1, 2),
                  "");
            }),
        new Template(
            "gives-away",
            "word-problems",
            "easy",
            d -> {
              int b = d.from(2, 12);
              int a = b + d.from(3, 20);
              List<String> names = d.some(2, NAMES);
              String thing = d.one(THINGS);
              return d.number(
                  names.get(0)
                      + " has "
                      + a
                      + " "
                      + thing
                      + " and gives "
                      + b
                      + " of them to "
                      + names.get(1)
                      + ". How many "
                      + thing
                      + " does "
                      + names.get(0)
                      + " have left?",
                  a - b,
                  d.from(1, 2),
                  "");
            }),
        new Template(
            "costs",
            "word-problems",
            "medium",
            d -> {
              int n = d.from(2, 9);
              int price = d.from(2, 15);
              return d.number(
                  "One ticket costs " + price + " euros. How much do " + n + " tickets cost?",
                  n * price,
                  d.from(1, 4),
                  " euros");
            }),
        new Template(
            "shares",
            "word-problems",
            "medium",
            d -> {
              int n = d.from(2, 8);
              int each = d.from(2, 12);
              String thing = d.one(THINGS);
              return d.number(
                  n
                      + " friends share "
                      + n * each
                      + " "
                      + thing
                      + " equally. How many does each friend get?",
                  each,
                  1,
                  "");
            }),
        new Template(
            "earns-and-spends",
            "word-problems",
            "hard",
            d -> {
              int days = d.from(3, 9);
              int pay = d.from(10, 40);
              int spent = d.from(5, 60);
              String name = d.one(NAMES);
              return d.number(
                  name
                      + " earns "
                      + pay
                      + " euros a day for "
                      + days
                      + " days and then spends "
                      + Math.min(spent, days * pay - 5)
                      + " euros. How many euros are left?",
                  days * pay - Math.min(spent, days * pay - 5),
                  d.from(2, 10),
                  " euros");
            }));
  }

  private static List<Template> ordering() {
    return List.of(
        new Template(
            "tallest-of-three",
            "ordering",
            "easy",
            d -> {
              List<String> n = d.some(4, NAMES);
              boolean most = d.from(0, 1) == 0;
              return new Problem(
                  n.get(0)
                      + " is taller than "
                      + n.get(1)
                      + ". "
                      + n.get(1)
                      + " is taller than "
                      + n.get(2)
                      + ". "
                      + n.get(3)
                      + " is "
                      + (most ? "shorter than " : "taller than ")
                      + n.get(1)
                      + " but not the "
                      + (most ? "shortest" : "tallest")
                      + ". Who is the "
                      + (most ? "tallest" : "shortest")
                      + "?",
                  n.get(most ? 0 : 2),
                  List.of(n.get(most ? 2 : 0), n.get(1), n.get(3)));
            }),
        new Template(
            "race",
            "ordering",
            "medium",
            d -> {
              List<String> n = d.some(4, NAMES);
              int place = d.from(0, 3);
              return new Problem(
                  "In a race, "
                      + n.get(1)
                      + " came in right after "
                      + n.get(0)
                      + ", "
                      + n.get(2)
                      + " right after "
                      + n.get(1)
                      + ", and "
                      + n.get(3)
                      + " last. Who came "
                      + List.of("first", "second", "third", "last").get(place)
                      + "?",
                  n.get(place),
                  without(n, place));
            }),
        new Template(
            "biggest-number",
            "ordering",
            "easy",
            d -> {
              List<Integer> four = d.some(4, Draw.range(11, 99));
              boolean most = d.from(0, 1) == 0;
              int right =
                  four.stream().mapToInt(x -> most ? x : -x).max().orElseThrow() * (most ? 1 : -1);
              return new Problem(
                  "Which of these numbers is the "
                      + (most ? "largest" : "smallest")
                      + ": "
                      + four.get(0)
                      + ", "
                      + four.get(1)
                      + ", "
                      + four.get(2)
                      + " or "
                      + four.get(3)
                      + "?",
                  String.valueOf(right),
                  four.stream().filter(x -> x != right).map(String::valueOf).toList());
            }));
  }

  private static List<Template> deduction() {
    return List.of(
        new Template(
            "member-of-class",
            "deduction",
            "easy",
            d -> {
              List<String> colours = d.some(4, COLOURS);
              String kind = d.one(NONSENSE);
              String name = d.one(NAMES);
              return new Problem(
                  "Every "
                      + kind
                      + " is "
                      + colours.get(0)
                      + ". "
                      + name
                      + " owns a "
                      + kind
                      + ". What colour is it?",
                  colours.get(0),
                  colours.subList(1, 4));
            }),
        new Template(
            "either-or",
            "deduction",
            "easy",
            d -> {
              List<String> places = d.some(4, PLACES);
              String thing = d.one(OBJECTS);
              return new Problem(
                  "The "
                      + thing
                      + " is either in the "
                      + places.get(0)
                      + " or in the "
                      + places.get(1)
                      + ". It is not in the "
                      + places.get(0)
                      + ". Where is the "
                      + thing
                      + "?",
                  "in the " + places.get(1),
                  List.of(
                      "in the " + places.get(0),
                      "in the " + places.get(2),
                      "in the " + places.get(3)));
            }),
        new Template(
            "two-rules",
            "deduction",
            "medium",
            d -> {
              List<String> kinds = d.some(2, NONSENSE);
              List<String> colours = d.some(4, COLOURS);
              String name = d.one(NAMES);
              return new Problem(
                  "All "
                      + kinds.get(0)
                      + "s are "
                      + kinds.get(1)
                      + "s. All "
                      + kinds.get(1)
                      + "s are "
                      + colours.get(0)
                      + ". "
                      + name
                      + " is a "
                      + kinds.get(0)
                      + ". What colour is "
                      + name
                      + "?",
                  colours.get(0),
                  colours.subList(1, 4));
            }),
        new Template(
            "who-has-which-job",
            "deduction",
            "hard",
            d -> {
              List<String> n = d.some(3, NAMES);
              List<String> j = d.some(4, JOBS);
              return new Problem(
                  n.get(0)
                      + ", "
                      + n.get(1)
                      + " and "
                      + n.get(2)
                      + " are a "
                      + j.get(0)
                      + ", a "
                      + j.get(1)
                      + " and a "
                      + j.get(2)
                      + ", in some order. "
                      + n.get(0)
                      + " is not the "
                      + j.get(0)
                      + " and not the "
                      + j.get(1)
                      + ". "
                      + n.get(1)
                      + " is not the "
                      + j.get(0)
                      + ". What is "
                      + n.get(2)
                      + "?",
                  "the " + j.get(0),
                  List.of("the " + j.get(1), "the " + j.get(2), "the " + j.get(3)));
            }));
  }

  private static List<Template> space() {
    return List.of(
        new Template(
            "in-the-middle",
            "spatial",
            "easy",
            d -> {
              List<String> o = d.some(4, OBJECTS);
              return new Problem(
                  "From left to right stand a "
                      + o.get(0)
                      + ", a "
                      + o.get(1)
                      + " and a "
                      + o.get(2)
                      + ". A "
                      + o.get(3)
                      + " lies below them. What stands in the middle?",
                  "the " + o.get(1),
                  List.of("the " + o.get(0), "the " + o.get(2), "the " + o.get(3)));
            }),
        new Template(
            "in-the-box",
            "spatial",
            "easy",
            d -> {
              List<String> o = d.some(4, OBJECTS);
              List<String> c = d.some(2, COLOURS);
              return new Problem(
                  "The "
                      + o.get(0)
                      + " is in the "
                      + c.get(0)
                      + " box, the "
                      + o.get(1)
                      + " and the "
                      + o.get(2)
                      + " are on the table, and the "
                      + o.get(3)
                      + " is on the floor. What is in the "
                      + c.get(0)
                      + " box?",
                  "the " + o.get(0),
                  List.of("the " + o.get(1), "the " + o.get(2), "the " + o.get(3)));
            }),
        new Template(
            "turns",
            "spatial",
            "hard",
            d -> {
              List<String> sides = List.of("north", "east", "south", "west");
              int start = d.from(0, 3);
              int first = d.from(0, 1) == 0 ? 1 : 3;
              int second = d.from(0, 1) == 0 ? 1 : 3;
              int end = (start + first + second) % 4;
              return new Problem(
                  d.one(NAMES)
                      + " faces "
                      + sides.get(start)
                      + ", turns "
                      + side(first)
                      + ", walks on, and turns "
                      + side(second)
                      + ". Which way is that?",
                  sides.get(end),
                  without(sides, end));
            }));
  }

  private static String side(int quarter) {
    return quarter == 1 ? "right" : "left";
  }

  private static List<Template> time() {
    return List.of(
        new Template(
            "day-after",
            "temporal",
            "easy",
            d -> {
              int day = d.from(0, 6);
              int on = d.from(1, 3);
              String ahead = List.of("tomorrow", "in two days", "in three days").get(on - 1);
              String name = d.one(NAMES);
              return d.among(
                  name
                      + " says that today is "
                      + DAYS.get(day)
                      + ". Which day is it "
                      + ahead
                      + "?",
                  DAYS.get((day + on) % 7),
                  DAYS.stream().filter(x -> !x.equals(DAYS.get(day))).toList());
            }),
        new Template(
            "month-before",
            "temporal",
            "medium",
            d -> {
              int month = d.from(0, 11);
              int back = d.from(1, 4);
              return d.among(
                  d.one(NAMES)
                      + " was born "
                      + back
                      + (back == 1 ? " month" : " months")
                      + " before "
                      + MONTHS.get(month)
                      + ". In which month was that?",
                  MONTHS.get((month + 12 - back) % 12),
                  MONTHS.stream().filter(x -> !x.equals(MONTHS.get(month))).toList());
            }),
        new Template(
            "arrival",
            "temporal",
            "medium",
            d -> {
              int hour = d.from(6, 20);
              int takes = d.from(2, 5);
              return d.number(
                  "A bus leaves at "
                      + hour
                      + " o'clock and is on the road for "
                      + takes
                      + " hours. At what hour of the day does it arrive?",
                  (hour + takes) % 24 == 0
                      ? 24
                      : hour + takes > 24 ? hour + takes - 24 : hour + takes,
                  1,
                  " o'clock");
            }),
        new Template(
            "what-came-first",
            "temporal",
            "easy",
            d -> {
              List<String> acts =
                  d.some(
                      4,
                      List.of(
                          "washed the car",
                          "wrote a letter",
                          "baked a cake",
                          "fed the cat",
                          "read the paper",
                          "watered the plants",
                          "called a friend",
                          "swept the floor",
                          "mended a chair",
                          "took a nap"));
              String name = d.one(NAMES);
              int asked = d.from(0, 1) == 0 ? 0 : 3;
              return new Problem(
                  name
                      + " "
                      + acts.get(0)
                      + ", then "
                      + acts.get(1)
                      + ", then "
                      + acts.get(2)
                      + ", and then "
                      + acts.get(3)
                      + ". What did "
                      + name
                      + " do "
                      + (asked == 0 ? "first" : "last")
                      + "?",
                  acts.get(asked),
                  without(acts, asked));
            }));
  }

  private static List<Template> analogies() {
    return List.of(
        analogy("opposites", PAIRS), analogy("animals-and-young", YOUNG), analogy("tools", TOOLS));
  }

  private static Template analogy(String name, List<List<String>> pairs) {
    return new Template(
        "analogy-" + name,
        "analogy",
        "easy",
        d -> {
          List<List<String>> five = d.some(5, pairs);
          List<String> frame = five.get(0);
          List<String> asked = five.get(1);
          return new Problem(
              frame.get(0) + " is to " + frame.get(1) + " as " + asked.get(0) + " is to what?",
              asked.get(1),
              IntStream.range(2, 5).mapToObj(i -> five.get(i).get(1)).toList());
        });
  }

  private static List<Template> what() {
    return List.of(
        new Template(
            "other-names",
            "counterfactual",
            "easy",
            d -> {
              List<String> o = d.some(4, OBJECTS);
              String word = d.one(NONSENSE);
              return new Problem(
                  "In a certain town, people say "
                      + word
                      + " when they mean a "
                      + o.get(0)
                      + ". "
                      + d.one(NAMES)
                      + " from that town asks for a "
                      + word
                      + ". What is wanted?",
                  "a " + o.get(0),
                  List.of("a " + o.get(1), "a " + o.get(2), "a " + o.get(3)));
            }),
        new Template(
            "other-lights",
            "counterfactual",
            "medium",
            d -> {
              List<String> c = d.some(4, COLOURS);
              return new Problem(
                  "Suppose that "
                      + c.get(0)
                      + " meant go and "
                      + c.get(1)
                      + " meant stop. Which colour should a driver see before driving on?",
                  c.get(0),
                  c.subList(1, 4));
            }),
        new Template(
            "swapped-animals",
            "counterfactual",
            "medium",
            d -> {
              List<List<String>> sounds =
                  d.some(
                      4,
                      List.of(
                          List.of("dogs", "bark"),
                          List.of("cats", "purr"),
                          List.of("cows", "moo"),
                          List.of("ducks", "quack"),
                          List.of("lions", "roar"),
                          List.of("horses", "neigh"),
                          List.of("owls", "hoot"),
                          List.of("snakes", "hiss")));
              return new Problem(
                  "In an upside-down world, "
                      + sounds.get(0).get(0)
                      + " "
                      + sounds.get(1).get(1)
                      + " and "
                      + sounds.get(1).get(0)
                      + " "
                      + sounds.get(0).get(1)
                      + ". What do "
                      + sounds.get(0).get(0)
                      + " do there?",
                  "they " + sounds.get(1).get(1),
                  List.of(
                      "they " + sounds.get(0).get(1),
                      "they " + sounds.get(2).get(1),
                      "they " + sounds.get(3).get(1)));
            }));
  }

  private static List<String> without(List<String> all, int index) {
    return IntStream.range(0, 4).filter(i -> i != index).mapToObj(all::get).toList();
  }
}
