package org.sslam.eval.embed;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.sslam.core.UserException;
import org.sslam.core.ops.Precision;

/** Reads {@link EmbedOptions} from the arguments of a DJL criteria; arguments that are not ours are DJL's. */
final class EmbedArguments {
    private EmbedArguments() {}

    static EmbedOptions options(Map<String, ?> arguments) {
        EmbedOptions options = EmbedOptions.standard();
        try {
            if (arguments.containsKey("pooling")) {
                options = options.withPooling(choice(arguments, "pooling", Pooling.CLS));
            }
            options = options.withFit(choice(arguments, "policy", options.fit()))
                    .withPrecision(choice(arguments, "precision", Precision.FP32));
            if (arguments.containsKey("hop")) {
                if (options.fit() != ClipFit.SLIDE) {
                    throw new UserException("the argument hop is for the policy slide only");
                }
                options = options.withSlide(Double.parseDouble(text(arguments, "hop")));
            }
            if (arguments.containsKey("layer")) {
                options = options.withLayer(Integer.parseInt(text(arguments, "layer")));
            }
            if (arguments.containsKey("batch")) {
                options = options.withBatchSize(Integer.parseInt(text(arguments, "batch")));
            }
            return options;
        } catch (NumberFormatException e) {
            throw new UserException("an argument of the criteria is no number (" + e.getMessage() + ")", e);
        } catch (IllegalArgumentException e) {
            throw new UserException("an argument of the criteria is wrong: " + e.getMessage(), e);
        }
    }

    private static String text(Map<String, ?> arguments, String name) {
        return String.valueOf(arguments.get(name)).strip();
    }

    private static <E extends Enum<E>> E choice(Map<String, ?> arguments, String name, E standard) {
        if (!arguments.containsKey(name)) {
            return standard;
        }
        String wanted = text(arguments, name);
        E[] values = standard.getDeclaringClass().getEnumConstants();
        return Arrays.stream(values)
                .filter(value -> value.name().equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> new UserException("the argument " + name + " is '" + wanted + "'; choose "
                        + Arrays.stream(values)
                                .map(value -> value.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
