package org.sslam.models.zoo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sslam.core.config.Key;
import org.sslam.models.encoder.Classifier;

/**
 * The tensors of a family of networks by their names here: what each is called, which sizes it has, which part it belongs
 * to. Read from {@code layouts/FAMILY.yaml} beside this class.
 *
 * <p>Sizes are expressions of named sizes, which the tensors themselves fix; a variable in a name, such as
 * {@code {depth}}, is a named size too: one more than its greatest value.
 */
public final class Layout {
    private static final int MAX_TENSORS = 100_000;

    private final Data data;
    private final List<Entry> entries = new ArrayList<>();

    /** What a part is for. */
    enum Use {
        /** Features of clips. */
        ENCODER,
        /** Pre-training only. */
        PRETRAINING,
        /** The classes of a task. */
        CLASSIFICATION
    }

    /**
     * A part of the network.
     *
     * @param name for people
     * @param use what it is for
     * @param trained whether its tensors are parameters, not fixed tables
     * @param optional whether a file may lack it
     * @param tensors name and sizes of each
     */
    record Part(
            String name,
            @Key(value = "encoder") Use use,
            @Key(value = "true") boolean trained,
            @Key(value = "false") boolean optional,
            List<TensorLine> tensors) {}

    /** A line of the file. */
    record TensorLine(String name, List<String> shape, @Key(value = "false") boolean optional) {}

    /**
     * Which tensor holds the positions.
     *
     * @param tensor its name
     * @param leadingToken the token that has a row before those of the patches, where the network has that token
     * @param time frames a patch, as a size
     * @param frequency mel bins a patch, as a size
     * @param wholeClip whether the table is exactly as long as the clip
     * @param transposed whether the table was made for the grid with its sides exchanged; never with overlapping patches
     * @param overlap whether patches may overlap
     */
    record Positions(
            String tensor,
            Optional<String> leadingToken,
            String time,
            String frequency,
            @Key(value = "false") boolean wholeClip,
            @Key(value = "false") boolean transposed,
            @Key(value = "false") boolean overlap) {}

    /**
     * A key of the description and what it is computed from.
     *
     * @param when the tensor without which the key is left out
     */
    record ModelLine(String key, String value, Optional<String> when) {}

    /**
     * The file.
     *
     * @param format of a folder with an encoder
     * @param whole of a folder with encoder and decoder, where the family has one that needs no teacher
     * @param classifier of a folder with encoder and head, where heads are published
     */
    record Data(
            String family,
            String format,
            Optional<String> whole,
            Optional<Classification> classifier,
            String title,
            List<Part> parts,
            Positions positions,
            Map<String, Integer> heads,
            List<ModelLine> model,
            @Key(value = "[]") List<ModelLine> facts) {}

    /**
     * The family's classifiers.
     *
     * @param format of a folder with one
     * @param pooling what the published heads see
     */
    record Classification(String format, Classifier.Pooling pooling) {}

    /** A tensor of the layout. */
    record Entry(NameTemplate name, List<SizeExpression> shape, Part part, boolean optional) {}

    private Layout(Data data) {
        this.data = data;
        for (Part part : data.parts()) {
            for (TensorLine line : part.tensors()) {
                entries.add(new Entry(
                        NameTemplate.of(line.name()),
                        line.shape().stream().map(SizeExpression::of).toList(),
                        part,
                        line.optional()));
            }
        }
    }

    /** Reads the layout of a family that this library ships. */
    static Layout of(String family) {
        return new Layout(Resources.read("layouts/" + family + ".yaml", Data.class));
    }

    /** Short name of the family. */
    public String family() {
        return data.family();
    }

    /** What {@code format} in a folder's {@code model.json} says. */
    public String format() {
        return data.format();
    }

    /** What {@code format} says where the decoder is there too; families without one keep student and teacher. */
    Optional<String> whole() {
        return data.whole();
    }

    /** What a folder with encoder and head says; families without published heads have none. */
    Optional<Classification> classifier() {
        return data.classifier();
    }

    /** Whether a folder with such a {@code format} holds tensors of this layout. */
    boolean describes(String format) {
        return format.equals(data.format())
                || data.whole().filter(format::equals).isPresent();
    }

    /** Name of the family for people. */
    String title() {
        return data.title();
    }

    /** The parts in order. */
    List<Part> parts() {
        return data.parts();
    }

    /** Where the positions are. */
    Positions positions() {
        return data.positions();
    }

    /** Attention heads of the published networks, by width. */
    Map<String, Integer> heads() {
        return data.heads();
    }

    /** How the model's description is made. */
    List<ModelLine> model() {
        return data.model();
    }

    /** What else the description says, beside model and front-end. */
    List<ModelLine> facts() {
        return data.facts();
    }

    /** The tensor of a name. */
    Optional<Entry> find(String name) {
        return entries.stream()
                .filter(entry -> entry.name().match(name).isPresent())
                .findFirst();
    }

    /**
     * The named sizes that tensors of these shapes agree on: of contradicting ones the most frequent.
     *
     * @param shapes by name here
     * @throws IllegalArgumentException if a number in a name is greater than the number of tensors allows
     */
    Map<String, Long> sizes(Map<String, long[]> shapes) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        Map<String, Map<Long, Integer>> votes = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            for (Entry entry : entries) {
                entry.name()
                        .match(name)
                        .ifPresent(values -> values.forEach((variable, value) -> {
                            long number = Long.parseLong(value);
                            if (number >= shapes.size()) {
                                throw new IllegalArgumentException("tensor '" + name + "' has the number " + number
                                        + ", and there are only " + shapes.size() + " tensors; get the file again");
                            }
                            sizes.merge(variable, number + 1, Math::max);
                        }));
            }
            find(name).filter(entry -> entry.shape().size() == shape.length).ifPresent(entry -> {
                for (int axis = 0; axis < shape.length; axis++) {
                    long length = shape[axis];
                    entry.shape().get(axis).name().ifPresent(symbol -> votes.computeIfAbsent(
                                    symbol, s -> new LinkedHashMap<>())
                            .merge(length, 1, Integer::sum));
                }
            });
        });
        votes.forEach((symbol, counts) -> sizes.putIfAbsent(symbol, mostFrequent(counts)));
        return sizes;
    }

    private static long mostFrequent(Map<Long, Integer> counts) {
        return counts.entrySet().stream()
                .reduce((a, b) -> b.getValue() > a.getValue() ? b : a)
                .orElseThrow()
                .getKey();
    }

    /**
     * Every tensor that a network of these sizes has, numbered ones block by block.
     *
     * @param parts names of the parts that are wanted
     * @throws IllegalArgumentException if there are more than any network has
     */
    Map<String, Entry> expected(Map<String, Long> sizes, Set<String> parts) {
        Map<String, Entry> all = new LinkedHashMap<>();
        int begin = 0;
        while (begin < entries.size()) {
            List<String> variables = entries.get(begin).name().variables();
            int end = begin + 1;
            while (end < entries.size() && entries.get(end).name().variables().equals(variables)) {
                end++;
            }
            List<Entry> wanted = entries.subList(begin, end).stream()
                    .filter(entry -> parts.contains(entry.part().name()))
                    .toList();
            checkNumber(all.size(), wanted, variables, sizes);
            if (!wanted.isEmpty()) {
                combinations(variables, sizes)
                        .forEach(values -> wanted.forEach(
                                entry -> all.putIfAbsent(entry.name().fill(values), entry)));
            }
            begin = end;
        }
        return all;
    }

    private void checkNumber(long before, List<Entry> wanted, List<String> variables, Map<String, Long> sizes) {
        double number = wanted.size();
        for (String variable : variables) {
            number *= sizes.getOrDefault(variable, 0L);
        }
        if (before + number > MAX_TENSORS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "by the numbers in its names it should have %.0f tensors, which no %s network has; get the file again",
                    before + number,
                    title()));
        }
    }

    private static List<Map<String, String>> combinations(List<String> variables, Map<String, Long> sizes) {
        List<Map<String, String>> all = List.of(Map.of());
        for (String variable : variables) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> values : all) {
                for (long n = 0; n < sizes.getOrDefault(variable, 0L); n++) {
                    Map<String, String> more = new HashMap<>(values);
                    more.put(variable, Long.toString(n));
                    longer.add(more);
                }
            }
            all = longer;
        }
        return all;
    }
}
