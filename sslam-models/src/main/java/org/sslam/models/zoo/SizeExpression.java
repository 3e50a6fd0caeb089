package org.sslam.models.zoo;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A size in terms of named sizes: {@code D}, {@code 3*D}, {@code rows/F}, {@code layers-local}, {@code 16}, or {@code ?}
 * for any.
 *
 * <p>Products, quotients and differences are taken from left to right; a quotient must come out whole.
 */
final class SizeExpression {
    private static final Pattern FORM = Pattern.compile("\\?|[A-Za-z0-9]+([*/-][A-Za-z0-9]+)*");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final String text;

    private SizeExpression(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if the text is no such expression */
    static SizeExpression of(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no size such as D, 3*D, 16 or ?");
        }
        return new SizeExpression(text);
    }

    /** Whether any size will do. */
    boolean isAny() {
        return text.equals("?");
    }

    /** The name, if the expression is nothing else. */
    Optional<String> name() {
        boolean name = !isAny() && !NUMBER.matcher(text).matches() && text.matches("[A-Za-z0-9]+");
        return name ? Optional.of(text) : Optional.empty();
    }

    /** Its value, if every size in it is known and every quotient is whole. */
    OptionalLong value(Map<String, Long> sizes) {
        long value = 1;
        char operator = '*';
        for (String part : text.split("(?=[*/-])|(?<=[*/-])")) {
            if (part.equals("*") || part.equals("/") || part.equals("-")) {
                operator = part.charAt(0);
                continue;
            }
            Long operand = NUMBER.matcher(part).matches() ? (Long) Long.parseLong(part) : sizes.get(part);
            if (operand == null || (operator == '/' && (operand == 0 || value % operand != 0))) {
                return OptionalLong.empty();
            }
            value = switch (operator) {
                case '*' -> Math.multiplyExact(value, operand);
                case '/' -> value / operand;
                default -> value - operand;
            };
        }
        return OptionalLong.of(value);
    }

    @Override
    public String toString() {
        return text;
    }
}
