package io.breadcrumbs.api.openapi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a route what the router cannot know of it, for the OpenAPI document. Names are those of {@code schemas.json}
 * and {@code parameters.json}, which stand beside this class.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Does {

    /** What it does, in a sentence. */
    String value();

    /** The record that its body is; its schema is made of the record's components. */
    Class<?> body() default Void.class;

    /** The schema of a body that is no record. */
    String takes() default "";

    /** Whether it does without a body too. */
    boolean bodyOptional() default false;

    /** The parameters that it knows, beside those of its path. */
    String[] parameters() default {};

    /** The schema of what it answers; nothing: no body. */
    String answer() default "";

    /** With which status it does. */
    int[] status() default 200;

    /** With which status it answers a problem, beside those that every route may. */
    int[] problems() default {};

    /** The schema of a problem. */
    String problem() default "Problem";
}
