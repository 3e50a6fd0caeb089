package org.sslam.core.config;

import java.math.BigInteger;
import java.util.Locale;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/** Plain text to a value by YAML 1.2's core schema: {@code yes}, {@code no}, {@code on} and {@code off} are text. */
final class CoreScalars {
    private static final ScalarResolver CORE = new CoreScalarResolver();
    private static final int OCTAL = 8;
    private static final int DECIMAL = 10;
    private static final int HEXADECIMAL = 16;

    private CoreScalars() {}

    static ConfigNode.Scalar scalar(String text, boolean plain, Place place) {
        return new ConfigNode.Scalar(plain ? value(text) : text, text, place);
    }

    private static Object value(String text) {
        Tag tag = CORE.resolve(text, true);
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return Boolean.valueOf(text);
        }
        if (tag.equals(Tag.INT)) {
            return integer(text);
        }
        return tag.equals(Tag.FLOAT) ? (Object) floating(text) : text;
    }

    /** A number beyond 64 bits stays as a floating-point one, which no integer key accepts. */
    private static Object integer(String text) {
        int radix = text.startsWith("0x") ? HEXADECIMAL : text.startsWith("0o") ? OCTAL : DECIMAL;
        try {
            return Long.valueOf(radix == DECIMAL ? text : text.substring(2), radix);
        } catch (NumberFormatException beyondLong) {
            return new BigInteger(radix == DECIMAL ? text : text.substring(2), radix).doubleValue();
        }
    }

    private static Double floating(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".inf")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return lower.equals(".nan") ? Double.valueOf(Double.NaN) : Double.valueOf(text);
    }
}
