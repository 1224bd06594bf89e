package dev.palimpsest.web.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the API's description says of a field beside its type. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Says {
  /** Returns what it is, in words. */
  String value() default "";

  /** Returns the values that it may have, where they are few. */
  String[] oneOf() default {};

  /** Returns the most characters, elements or members that it may have. */
  int longest() default Integer.MAX_VALUE;

  /** Returns the fewest characters, elements or members that it may have. */
  int shortest() default 0;

  /** Returns the smallest number that it may be. */
  long least() default Long.MIN_VALUE;

  /** Returns the largest number that it may be. */
  long most() default Long.MAX_VALUE;

  /** Returns the regular expression that all of it matches, "" for any. */
  String pattern() default "";
}
