package org.sslam.core.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.sslam.core.UserException;
import org.sslam.core.random.Draws;
import org.sslam.core.random.Seeds;

/**
 * Feeds a reader with damaged files and lets nothing pass but an answer or our own refusal: one line, soon, in little
 * memory.
 *
 * <p>Every second input is a mutation of a valid file, the others of an input that was refused for a reason not seen
 * before, so that damage gets behind the first checks. A run is a function of its seed. What a test once found lies in the resource
 * folder {@code fuzz/NAME} and is fed first.
 *
 * <p>{@code -Dsslam.fuzz.minutes=10} runs that long, with a new seed each time; {@code -Dsslam.fuzz.seed=N} repeats one.
 */
public final class Fuzz {
    private static final int INPUTS = 2000;
    private static final int MAX_POOL = 400;
    private static final int MAX_MESSAGE = 2000;
    private static final String PURPOSE = "fuzz";

    private final String name;
    private final List<byte[]> pool = new ArrayList<>();
    private final List<byte[]> words = new ArrayList<>();
    private final List<Mutation> mutations = new ArrayList<>();
    private final Set<Class<? extends Throwable>> refusals = new HashSet<>(Set.of(UserException.class));
    private int valid;
    private String fileName = "input";
    private Duration longest = Duration.ofSeconds(10);
    private long mostAllocated = 256L << 20;

    /** Reads a file whole; what it throws is judged. */
    @FunctionalInterface
    public interface Reader {
        /** Reads all that the file has. */
        void read(Path file) throws IOException;
    }

    /**
     * What a run saw.
     *
     * @param seed that repeats it
     * @param inputs files fed
     * @param accepted files read without a word
     * @param reasons different reasons to refuse
     * @param slowestMillis for one file
     * @param mostAllocated bytes for one file
     */
    public record Report(long seed, long inputs, long accepted, int reasons, long slowestMillis, long mostAllocated) {}

    private Fuzz(String name) {
        this.name = name;
        this.mutations.add(new Mutations(pool, words));
    }

    /** A run against the reader of that name. */
    public static Fuzz of(String name) {
        return new Fuzz(name);
    }

    /** A valid file to begin with; at least one. */
    public Fuzz seed(byte[] input) {
        pool.add(input.clone());
        valid++;
        return this;
    }

    /** Words that the format is made of. */
    public Fuzz words(String... more) {
        Stream.of(more).map(word -> word.getBytes(StandardCharsets.ISO_8859_1)).forEach(words::add);
        return this;
    }

    /** A way to damage a file that knows its format; used in turn with the general ones. */
    public Fuzz mutation(Mutation mutation) {
        mutations.add(mutation);
        return this;
    }

    /** What the file is called, where a reader looks at that. */
    public Fuzz fileName(String nameOfFile) {
        fileName = nameOfFile;
        return this;
    }

    /** Another exception that refuses a file as it should. */
    public Fuzz refusal(Class<? extends Throwable> type) {
        refusals.add(type);
        return this;
    }

    /** Other limits than 10 s of the processor and 256 MiB for one file. */
    public Fuzz limits(Duration longestForOne, long allocatedBytes) {
        longest = longestForOne;
        mostAllocated = allocatedBytes;
        return this;
    }

    /**
     * Runs.
     *
     * @param folder for the files fed; emptied of them again
     * @throws AssertionError at the first input that brings anything else; the input is saved and named
     */
    public Report run(Path folder, Reader reader) {
        boolean timed = System.getProperty("sslam.fuzz.minutes") != null;
        long seed = Long.getLong("sslam.fuzz.seed", timed ? System.nanoTime() : 1);
        long end = System.nanoTime() + Duration.ofMinutes(Long.getLong("sslam.fuzz.minutes", 0)).toNanos();
        Set<String> seen = new HashSet<>();
        long accepted = 0;
        long inputs = 0;
        try (Feeder feeder = new Feeder(folder.resolve(fileName), reader, longest, mostAllocated)) {
            for (byte[] input : List.copyOf(pool)) {
                if (judged(feeder, input, seed, inputs) != null) {
                    throw new AssertionError("fuzz " + name + ": a file to begin with is refused: " + feeder.thrown(), feeder.thrown());
                }
            }
            for (byte[] found : found()) {
                String reason = judged(feeder, found, seed, inputs);
                keep(found, reason, seen);
            }
            for (; timed ? System.nanoTime() < end : inputs < INPUTS; inputs++) {
                byte[] input = input(Seeds.random(seed, PURPOSE, inputs));
                String reason = judged(feeder, input, seed, inputs);
                accepted += reason == null ? 1 : 0;
                keep(input, reason, seen);
            }
            Report report =
                    new Report(seed, inputs, accepted, seen.size(), feeder.slowestMillis(), feeder.mostAllocated());
            System.out.println("fuzz " + name + ": " + report);
            return report;
        }
    }

    private byte[] input(SplittableRandom random) {
        boolean fromValid = random.nextBoolean();
        byte[] from = pool.get(Draws.below(random, fromValid ? valid : pool.size()));
        return mutations.get(Draws.below(random, mutations.size())).of(from, random);
    }

    private void keep(byte[] input, String reason, Set<String> seen) {
        if (reason != null && seen.add(reason) && pool.size() < MAX_POOL) {
            pool.add(input);
        }
    }

    /** Why an input was refused, its names and numbers left out; null if it was read. */
    private String judged(Feeder feeder, byte[] input, long seed, long number) {
        String wrong = feeder.feed(input);
        Throwable thrown = feeder.thrown();
        if (wrong == null && thrown == null) {
            return null;
        }
        if (wrong == null && refusals.stream().noneMatch(type -> type.isInstance(thrown))) {
            wrong = "the reader threw " + thrown;
        }
        String message = thrown == null ? "" : String.valueOf(thrown.getMessage());
        if (wrong == null && (message.isBlank() || message.lines().count() != 1 || message.length() > MAX_MESSAGE)) {
            wrong = "the refusal is not one line of up to " + MAX_MESSAGE + " characters: " + message;
        }
        if (wrong != null) {
            throw new AssertionError(
                    "fuzz " + name + ", seed " + seed + ", input " + number + ": " + wrong + "; the input is "
                            + saved(input, seed, number) + ", keep it in src/test/resources/fuzz/" + name,
                    thrown);
        }
        return message.replaceAll("['\"].*['\"]|\\S*/\\S*", "_").replaceAll("-?[0-9.]+", "#");
    }

    private Path saved(byte[] input, long seed, long number) {
        Path file = Path.of("target", "fuzz", name + "-" + seed + "-" + number).toAbsolutePath();
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<byte[]> found() {
        URL folder = Fuzz.class.getClassLoader().getResource(PURPOSE + "/" + name);
        List<byte[]> inputs = new ArrayList<>();
        if (folder == null) {
            return inputs;
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            for (Path file : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
            return inputs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
