package io.github.allotment.benchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Where a benchmark's figures stand on the page, and what the row is called. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Shown {

  /** The table it is in. */
  Section in();

  /** What the row is called; {@code {name}} stands for a parameter's value. */
  String as();
}
