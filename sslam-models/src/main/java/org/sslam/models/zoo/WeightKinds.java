package org.sslam.models.zoo;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sslam.core.UserException;
import org.sslam.core.config.Suggestions;
import org.sslam.core.io.TensorFile;

/** The kinds of published weight files that are known, and which of them a file is. */
public final class WeightKinds {
    /** More telling ones first: a file is of the first kind whose signs it has. */
    private static final List<String> NAMES = List.of(
            "sslam-finetuned",
            "sslam-pretrained",
            "sslam-huggingface-finetuned",
            "sslam-huggingface",
            "audiomae-finetuned",
            "audiomae-pretrained",
            "mwmae-pretrained");

    private static final int SHOWN = 3;

    private WeightKinds() {}

    /** Loaded once, when first asked for. */
    private static final class Loaded {
        private static final List<WeightKind> ALL =
                NAMES.stream().map(WeightKind::of).toList();
    }

    /**
     * A kind and where a file of it has its tensors.
     *
     * @param root what stands before the names of the network that was trained, and of its average
     */
    public record Found(WeightKind kind, WeightKind.Root root) {}

    /** All kinds. */
    public static List<WeightKind> all() {
        return Loaded.ALL;
    }

    /** The kind that a file is of, if it is of one: by the configuration of an export here, or by its names. */
    static Optional<Found> detect(WeightFile file) {
        Set<String> names = file.tensors().names();
        String exported =
                file.config().path(ConfigBeside.OWN_SECTION).path("kind").asText();
        return all().stream()
                .filter(kind -> kind.name().equals(exported))
                .flatMap(kind -> kind.rootOfEncoder(names).stream().map(root -> new Found(kind, root)))
                .findFirst()
                .or(() -> all().stream()
                        .flatMap(kind -> kind.rootIn(names).stream().map(root -> new Found(kind, root)))
                        .findFirst());
    }

    /**
     * The kind that a user names, or that the file is of.
     *
     * @throws UserException if there is no such kind, or the file is of none
     */
    static Found find(WeightFile file, Optional<String> named) {
        if (named.isEmpty()) {
            return detect(file).orElseThrow(() -> unknown(file.tensors()));
        }
        WeightKind kind = named(named.get());
        Set<String> names = file.tensors().names();
        WeightKind.Root root = kind.rootOfEncoder(names).orElseGet(() -> likelyRoot(names, kind));
        return new Found(kind, root);
    }

    /**
     * The kind of a name.
     *
     * @throws UserException if there is none
     */
    public static WeightKind named(String name) {
        return all().stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UserException("there is no kind of weights '" + name + "'"
                        + Suggestions.nearest(name, NAMES)
                                .map(match -> "; did you mean '" + match + "'?")
                                .orElse("; there are " + String.join(", ", NAMES))));
    }

    /** The root under which most names of the file have a place. */
    private static WeightKind.Root likelyRoot(Set<String> names, WeightKind kind) {
        return Collections.max(
                kind.everyRoot().toList(), Comparator.comparingLong(root -> placed(names, kind, root.student())));
    }

    private static long placed(Set<String> names, WeightKind kind, String root) {
        return names.stream()
                .filter(name -> name.startsWith(root))
                .map(name -> kind.forward(name.substring(root.length())))
                .filter(place -> kind.layout().find(place.name()).isPresent())
                .count();
    }

    private static UserException unknown(TensorFile file) {
        String some =
                file.names().stream().limit(SHOWN).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        return new UserException(
                file.path() + " is of no known kind of weights (" + file.names().size() + " tensors"
                        + (some.isEmpty() ? "" : ": " + some + (file.names().size() > SHOWN ? ", ..." : ""))
                        + "); name a --kind to see what is missing: " + String.join(", ", NAMES));
    }
}
