package org.sslam.models.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sslam.core.config.Key;

/**
 * A kind of published weight file: how its tensors are called, which of them are of no use here, and what belongs to such
 * weights. Read from {@code kinds/NAME.yaml} beside this class.
 */
public final class WeightKind {
    private static final String WRAPPER = "module.";

    private final Data data;
    private final Layout layout;
    private final List<Rename> renames = new ArrayList<>();
    private final List<Drop> drops = new ArrayList<>();

    /**
     * What stands before all names.
     *
     * @param student before those of the trained network
     * @param teacher before those of its average, where the file has one
     */
    record Root(String student, Optional<String> teacher) {}

    /**
     * A rule of the name map.
     *
     * @param from name in the file, without the root
     * @param to name here
     * @param axes for a tensor whose axes stand in another order: which axis of the file each axis here is
     */
    record RenameLine(String from, String to, @Key(value = "[]") List<Integer> axes) {}

    /** A tensor that is left out, and why. */
    record DropLine(String name, String reason) {}

    /**
     * How the file is told from others.
     *
     * @param has names without the root that are all there
     * @param lacks names without the root of which none is there
     * @param any names without the root of which at least one is there, unless there are none to look for
     */
    record Signs(List<String> has, @Key(value = "[]") List<String> lacks, @Key(value = "[]") List<String> any) {}

    /**
     * What the published file of this kind is, for the model card.
     *
     * @param data what it was trained on
     * @param licence under which it was published
     * @param metric what it was reported to reach
     * @param source paper and place of publication
     */
    record Card(String what, String data, String licence, String metric, String source) {}

    /** A key of the published {@code config.json} and pointers into the description, or a text. */
    record ConfigLine(String key, List<String> value) {}

    /** The file. */
    record Data(
            String name,
            String title,
            String layout,
            List<Root> roots,
            Signs signs,
            List<String> parts,
            @Key(value = "[]") List<RenameLine> renames,
            @Key(value = "[]") List<DropLine> drops,
            @Key(value = "[]") List<String> headHints,
            Map<String, String> frontEnd,
            @Key(value = "[]") List<ConfigLine> config,
            Card card) {}

    private record Rename(NameTemplate from, NameTemplate to, Axes axes) {}

    private record Drop(NameTemplate name, String reason) {}

    /**
     * Where a tensor goes.
     *
     * @param name here
     * @param axes how its axes are reordered
     */
    record Place(String name, Axes axes) {}

    private WeightKind(Data data) {
        this.data = data;
        this.layout = Layout.of(data.layout());
        data.renames()
                .forEach(line -> renames.add(
                        new Rename(NameTemplate.of(line.from()), NameTemplate.of(line.to()), new Axes(line.axes()))));
        data.drops().forEach(line -> drops.add(new Drop(NameTemplate.of(line.name()), line.reason())));
    }

    /** Reads a kind that this library ships. */
    static WeightKind of(String name) {
        return new WeightKind(Resources.read("kinds/" + name + ".yaml", Data.class));
    }

    /** Short name, as the command line takes it. */
    public String name() {
        return data.name();
    }

    /** What it is, in a few words. */
    public String title() {
        return data.title();
    }

    /** The family's tensors. */
    public Layout layout() {
        return layout;
    }

    /** Parts of the layout that such a file may hold. */
    Set<String> parts() {
        return Set.copyOf(data.parts());
    }

    /** What may stand before all names. */
    List<Root> roots() {
        return data.roots();
    }

    /** How a file of this kind is told from others. */
    Signs signs() {
        return data.signs();
    }

    /** Paths of values that say the number of attention heads. */
    List<String> headHints() {
        return data.headHints();
    }

    /** The front-end that belongs to such weights, key by key. */
    Map<String, String> frontEnd() {
        return data.frontEnd();
    }

    /** The keys of the published configuration. */
    List<ConfigLine> configuration() {
        return data.config();
    }

    /** What the published file is. */
    Card card() {
        return data.card();
    }

    /** The root under which a file with these names is of this kind. */
    Optional<Root> rootIn(Set<String> names) {
        return rootOfEncoder(names)
                .filter(root -> data.signs().any().isEmpty()
                        || data.signs().any().stream().anyMatch(sign -> names.contains(root.student() + sign)));
    }

    /** The root under which a file may be of this kind if something else says that it is. */
    Optional<Root> rootOfEncoder(Set<String> names) {
        return everyRoot()
                .filter(root -> data.signs().has().stream().allMatch(sign -> names.contains(root.student() + sign))
                        && data.signs().lacks().stream().noneMatch(sign -> names.contains(root.student() + sign)))
                .findFirst();
    }

    /** The roots, and those of a network that was saved inside PyTorch's DistributedDataParallel. */
    Stream<Root> everyRoot() {
        return Stream.concat(data.roots().stream(), data.roots().stream().map(WeightKind::wrapped));
    }

    private static Root wrapped(Root root) {
        String student = root.student() + WRAPPER;
        return new Root(
                student,
                root.teacher()
                        .filter(teacher -> teacher.startsWith(root.student()))
                        .map(teacher ->
                                student + teacher.substring(root.student().length())));
    }

    /** Whether tensors of these names here, written as this kind, have its signs. */
    boolean describes(Set<String> names) {
        Set<String> published =
                names.stream().map(name -> backward(name).name()).collect(Collectors.toSet());
        return published.containsAll(data.signs().has())
                && data.signs().lacks().stream().noneMatch(published::contains);
    }

    /** Why a tensor is left out, if it is; the name without its root. */
    Optional<String> dropped(String name) {
        return drops.stream()
                .filter(drop -> drop.name().match(name).isPresent())
                .map(Drop::reason)
                .findFirst();
    }

    /** Where a tensor of the file goes; the name without its root. */
    Place forward(String name) {
        for (Rename rename : renames) {
            Optional<Map<String, String>> values = rename.from().match(name);
            if (values.isPresent()) {
                return new Place(rename.to().fill(values.get()), rename.axes());
            }
        }
        return new Place(name, Axes.SAME);
    }

    /** Where a tensor here goes in a file of this kind: the way back of {@link #forward}. */
    Place backward(String name) {
        for (Rename rename : renames) {
            Optional<Map<String, String>> values = rename.to().match(name);
            if (values.isPresent()) {
                return new Place(rename.from().fill(values.get()), rename.axes().inverse());
            }
        }
        return new Place(name, Axes.SAME);
    }
}
