package org.sslam.models.zoo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sslam.core.UserException;
import org.sslam.core.config.Suggestions;
import org.sslam.core.io.DType;

/** Whether the tensors of a file are those of a layout: what is missing, misshapen or left over is said by its name. */
final class FitCheck {
    private static final int NAMED_AT_MOST = 3;
    private static final int COMPARED_AT_MOST = 2000;
    private static final int COMPARED_LENGTH = 200;
    private static final int TEXT_LENGTH = 700;

    private FitCheck() {}

    /**
     * Refuses the file if anything in it contradicts the layout; the first few problems are named.
     *
     * @param network what was assigned
     * @param parts that are needed
     * @param sizes the named sizes
     * @param allowLeftOver whether tensors without a place are passed over
     */
    static void check(Assignment network, Set<String> parts, Map<String, Long> sizes, boolean allowLeftOver) {
        List<Supplier<String>> problems = new ArrayList<>();
        Map<String, Layout.Entry> expected = network.expected(sizes, parts);
        List<String> missing = new ArrayList<>();
        expected.forEach((name, entry) -> {
            Assignment.Source source = network.sources().get(name);
            if (source != null) {
                unusable(network, name, source, entry, sizes).ifPresent(problem -> problems.add(() -> problem));
            } else if (!entry.optional()) {
                missing.add(name);
            }
        });
        missing.forEach(name -> problems.add(() -> missing(there(network, name), network.leftOver())));
        if (!allowLeftOver) {
            Collection<String> wanted = missing.isEmpty() ? expected.keySet() : missing;
            network.leftOver()
                    .forEach(name -> problems.add(() -> "'" + name + "' has no place"
                            + nearest(
                                    name,
                                    wanted.stream().map(here -> there(network, here)),
                                    "; the nearest that has is ")));
        }
        if (!problems.isEmpty()) {
            String named =
                    problems.stream().limit(NAMED_AT_MOST).map(Supplier::get).collect(Collectors.joining("; "));
            String more = problems.size() > NAMED_AT_MOST ? "; and " + (problems.size() - NAMED_AT_MOST) + " more" : "";
            String advice =
                    missing.isEmpty() && problems.size() == network.leftOver().size()
                            ? "; --ignore-extra leaves them out"
                            : "; name another --kind, or get the file again";
            throw new UserException(network.path() + " does not fit "
                    + network.kind().name() + ": " + shortened(named) + more + advice);
        }
    }

    /** The name in the file of a tensor here. */
    private static String there(Assignment network, String name) {
        return network.root() + network.kind().backward(name).name();
    }

    private static String missing(String name, Set<String> leftOver) {
        return "'" + name + "' is missing" + nearest(name, leftOver.stream(), "; the nearest there is ");
    }

    private static Optional<String> unusable(
            Assignment network, String name, Assignment.Source source, Layout.Entry entry, Map<String, Long> sizes) {
        DType dtype = network.dtype(name);
        return dtype.isFloating()
                ? misshapen(source, entry, sizes)
                : Optional.of("'" + source.name() + "' holds " + dtype + ", and weights are floating-point numbers");
    }

    private static Optional<String> misshapen(Assignment.Source source, Layout.Entry entry, Map<String, Long> sizes) {
        boolean fits = entry.shape().size() == source.shape().length;
        for (int axis = 0; fits && axis < source.shape().length; axis++) {
            SizeExpression expression = entry.shape().get(axis);
            fits = expression.isAny() || expression.value(sizes).orElse(source.shape()[axis]) == source.shape()[axis];
        }
        if (fits) {
            return Optional.empty();
        }
        List<String> wanted = entry.shape().stream()
                .map(expression -> expression.value(sizes).isPresent()
                        ? Long.toString(expression.value(sizes).getAsLong())
                        : expression.toString())
                .toList();
        String reordered = source.axes().isSame() ? "" : " (axes reordered)";
        return Optional.of("'" + source.name() + "' has the shape " + Arrays.toString(source.shape()) + reordered
                + ", not " + wanted);
    }

    /** Names are compared letter by letter, so long ones and most of very many are not. */
    private static String nearest(String name, Stream<String> candidates, String phrase) {
        List<String> comparable = candidates
                .limit(COMPARED_AT_MOST)
                .filter(candidate -> Math.max(candidate.length(), name.length()) <= COMPARED_LENGTH)
                .toList();
        return Suggestions.nearest(name, comparable)
                .map(match -> phrase + "'" + match + "'")
                .orElse("");
    }

    private static String shortened(String text) {
        return text.length() <= TEXT_LENGTH ? text : text.substring(0, TEXT_LENGTH) + "...";
    }
}
