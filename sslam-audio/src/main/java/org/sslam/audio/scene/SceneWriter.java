package org.sslam.audio.scene;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipWatch;
import org.sslam.audio.data.DataHash;
import org.sslam.audio.data.Labels;
import org.sslam.audio.data.ListSource;
import org.sslam.audio.data.OrderedParallel;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.decode.AudioDecoder;
import org.sslam.audio.decode.DecodeLimits;
import org.sslam.audio.output.CsvWriter;
import org.sslam.audio.output.PcmWav;
import org.sslam.audio.output.SetFolder;

/**
 * Writes a set of mixtures.
 *
 * <pre>
 * audio/mix-000000.wav          16 bit, mono
 * annotations/mix-000000.jams   events with source, place and level
 * labels.csv                    path,labels,fold,polyphony
 * events.csv                    filename,start,end,label,snr_db,source
 * label_descriptors.csv         classes in alphabetical order
 * mix.json                      settings, counts, content hash
 * </pre>
 *
 * <p>Every file is a function of settings, seed and sources. Files that already hold the right bytes stay untouched, so a
 * command that was cut off is simply started again; another set in the folder is left alone.
 */
public final class SceneWriter {
    private static final String LIST = "labels.csv";

    private final SceneSpec spec;
    private final AudioDecoder decoder;
    private final int threads;

    /**
     * @param decoder reads the sources
     * @param threads mixtures made together; 0: one for each processor
     */
    public SceneWriter(SceneSpec spec, AudioDecoder decoder, int threads) {
        this.spec = spec;
        this.decoder = decoder;
        this.threads = threads;
    }

    /**
     * What was written.
     *
     * @param labels the list to train from
     * @param clips number of mixtures
     * @param written sound files that were not there yet
     * @param classes number of classes
     * @param byPolyphony number of mixtures by number of events
     * @param byFold number of mixtures by fold
     * @param dealt whether the sources had no folds and were dealt into some
     * @param turnedDown mixtures that were turned down so as not to clip
     * @param contentHash of the mixtures
     */
    public record Summary(
            Path labels,
            int clips,
            int written,
            int classes,
            SortedMap<Integer, Integer> byPolyphony,
            SortedMap<Integer, Integer> byFold,
            boolean dealt,
            int turnedDown,
            String contentHash) {}

    private record Entry(String name, ScenePlan plan, Scene scene, boolean written) {
        Entry withoutSamples() {
            return new Entry(name, plan, new Scene(new float[0], scene.gainDb(), scene.events()), written);
        }
    }

    /**
     * Makes and writes the set.
     *
     * @param source labelled clips
     * @param sourceName what {@code mix.json} calls them
     * @throws org.sslam.core.UserException if the sources do not suffice, one cannot be decoded, or the folder holds
     *     another set or cannot be written
     */
    public Summary write(ClipSource source, String sourceName, Path folder, ProgressListener progress) {
        FoldPool pool = FoldPool.of(source, spec);
        ObjectNode settings = new JsonMapper().valueToTree(spec);
        settings.put("source", sourceName).put("sourceHash", DataHash.quick(source));
        SetFolder set = SetFolder.claim(folder, "mix.json", settings);
        Path audio = set.directory("audio");
        Path annotations = set.directory("annotations");
        SceneMixer mixer = new SceneMixer(spec, source, decoder);
        List<Entry> entries = new ArrayList<>();
        OrderedParallel.forEach(
                spec.clips(),
                threads,
                new ClipWatch(DecodeLimits.LONGEST_TIME, index -> "the sources of " + name(index)),
                index -> make(mixer, ScenePlan.of(spec, source, pool, index), audio, annotations),
                (index, entry) -> {
                    entries.add(entry);
                    progress.advanced(index + 1, spec.clips());
                });
        set.write(LIST, labels(entries));
        set.write("events.csv", events(entries));
        TreeSet<String> classes = new TreeSet<>();
        entries.forEach(entry -> classes.addAll(entry.scene().labels()));
        set.write("label_descriptors.csv", Labels.of(List.copyOf(classes)).toDescriptors());
        ClipSource written = ListSource.csv(set.resolve(LIST), Optional.empty());
        Summary summary = summary(
                set, entries, classes.size(), pool.dealt(), DataHash.content(written, threads, ProgressListener.NONE));
        set.complete(results(summary));
        return summary;
    }

    private Entry make(SceneMixer mixer, ScenePlan plan, Path audio, Path annotations) {
        Scene scene = mixer.render(plan);
        String name = name(plan.index());
        boolean written = SetFolder.keepOrWrite(
                audio.resolve(name + ".wav"), PcmWav.encode(scene.samples(), spec.sampleRateHz()));
        byte[] annotation = Jams.text(name + ".wav", spec, plan, scene).getBytes(StandardCharsets.UTF_8);
        SetFolder.keepOrWrite(annotations.resolve(name + ".jams"), annotation);
        return new Entry(name, plan, scene, written).withoutSamples();
    }

    private static String name(int index) {
        return String.format(Locale.ROOT, "mix-%06d", index);
    }

    private static String labels(List<Entry> entries) {
        StringBuilder text = new StringBuilder();
        CsvWriter csv = new CsvWriter(text, "path", "labels", "fold", "polyphony");
        for (Entry entry : entries) {
            csv.row(List.of(
                    "audio/" + entry.name() + ".wav",
                    CsvWriter.labels(entry.scene().labels()),
                    entry.plan().fold(),
                    entry.plan().events().size()));
        }
        return text.toString();
    }

    private static String events(List<Entry> entries) {
        StringBuilder text = new StringBuilder();
        CsvWriter csv = new CsvWriter(text, "filename", "start", "end", "label", "snr_db", "source");
        for (Entry entry : entries) {
            for (Scene.Event event : entry.scene().events()) {
                csv.row(List.of(
                        entry.name() + ".wav",
                        String.format(Locale.ROOT, "%.4f", event.startSeconds()),
                        String.format(Locale.ROOT, "%.4f", event.endSeconds()),
                        CsvWriter.labels(event.labels()),
                        String.format(Locale.ROOT, "%.2f", event.snrDb()),
                        event.sourceId()));
            }
        }
        return text.toString();
    }

    private Summary summary(SetFolder set, List<Entry> entries, int classes, boolean dealt, String hash) {
        SortedMap<Integer, Integer> byPolyphony = new TreeMap<>();
        SortedMap<Integer, Integer> byFold = new TreeMap<>();
        int written = 0;
        int turnedDown = 0;
        for (Entry entry : entries) {
            byPolyphony.merge(entry.plan().events().size(), 1, Integer::sum);
            byFold.merge(entry.plan().fold(), 1, Integer::sum);
            written += entry.written() ? 1 : 0;
            turnedDown += entry.scene().gainDb() < 0 ? 1 : 0;
        }
        return new Summary(
                set.resolve(LIST), entries.size(), written, classes, byPolyphony, byFold, dealt, turnedDown, hash);
    }

    private static ObjectNode results(Summary summary) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("schema", 1).put("classes", summary.classes());
        ObjectNode polyphony = json.putObject("clipsByPolyphony");
        summary.byPolyphony().forEach((events, clips) -> polyphony.put(String.valueOf(events), clips));
        ObjectNode folds = json.putObject("clipsByFold");
        summary.byFold().forEach((fold, clips) -> folds.put(String.valueOf(fold), clips));
        json.put("foldsDealt", summary.dealt()).put("turnedDown", summary.turnedDown());
        return json.put("contentHash", summary.contentHash());
    }
}
