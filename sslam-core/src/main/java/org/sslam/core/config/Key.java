package org.sslam.core.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a component of a configuration record; the component's name is the key. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
    /** Stands for "no default": no YAML text is equal to it. */
    String REQUIRED = "\0";

    /** What the key means, with its unit, in one sentence. */
    String doc() default "";

    /** The default, as it would be written in YAML; without it the key is required (optionals and sections never are). */
    String value() default REQUIRED;
}
