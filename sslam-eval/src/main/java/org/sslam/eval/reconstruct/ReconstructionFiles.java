package org.sslam.eval.reconstruct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.LogMel;
import org.sslam.audio.invert.MelToWave;
import org.sslam.audio.output.PcmWav;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.random.Seeds;
import org.sslam.eval.report.SpectrogramRow;
import org.sslam.eval.report.input.RestoredClips;

/** Writes what became of clips: a picture and sounds of each, and one table of errors. */
final class ReconstructionFiles {
    /** The analysis's floor, in natural logarithms: what a hidden cell sounds like. */
    private static final float SILENCE = -15.9424f;

    private static final double MS_PER_SECOND = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final FrontEndConfig frontEnd;
    private final MelToWave inversion;
    private final long seed;
    private final ArrayNode rows = JSON.createArrayNode();

    /**
     * @param seed of the first phases of every sound
     */
    ReconstructionFiles(Path folder, FrontEndConfig frontEnd, long seed) {
        this.folder = folder;
        this.frontEnd = frontEnd;
        this.inversion = new MelToWave(LogMel.kaldi(frontEnd.logMel()));
        this.seed = seed;
    }

    /**
     * Writes one clip's picture and sounds.
     *
     * @param name of the files, without ending
     * @param source what the clip is called
     */
    void write(String name, String source, Restored restored) {
        Map<String, float[]> sounds = new LinkedHashMap<>();
        sounds.put("original", restored.original());
        sounds.put("masked", silent(restored.masked()));
        sounds.put("reconstruction", restored.pasted());
        sounds.put("output", restored.output());
        restored.repeated().ifPresent(mel -> sounds.put("repeated", mel));
        sounds.forEach((kind, mel) -> AtomicFiles.write(
                folder.resolve(name + "-" + kind + ".wav"),
                out -> out.write(
                        PcmWav.encode(inversion.wave(mel, Seeds.random(seed, "phases")), frontEnd.sampleRateHz()))));
        List<SpectrogramRow.Panel> panels = new ArrayList<>(List.of(
                new SpectrogramRow.Panel("masked", restored.masked()),
                new SpectrogramRow.Panel("reconstruction", restored.pasted()),
                new SpectrogramRow.Panel("output of the network", restored.output()),
                new SpectrogramRow.Panel("original", restored.original())));
        restored.repeated().ifPresent(mel -> panels.add(2, new SpectrogramRow.Panel("last packet repeated", mel)));
        new SpectrogramRow(frontEnd.hopMs() / MS_PER_SECOND)
                .write(panels, restored.original(), frontEnd.melBins(), folder.resolve(name + ".png"));
        rows.add(row(name, source, restored, sounds.keySet()));
    }

    /** Writes the table of all clips. */
    void finish(Map<String, String> about) {
        ObjectNode table = JSON.createObjectNode();
        table.put("format", RestoredClips.FORMAT);
        about.forEach(table::put);
        table.set("clips", rows);
        try {
            AtomicFiles.writeString(
                    folder.resolve(RestoredClips.TABLE),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(table) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a table is plain data", e);
        }
    }

    private static ObjectNode row(String name, String source, Restored restored, Iterable<String> sounds) {
        ObjectNode row = JSON.createObjectNode();
        row.put("name", name);
        row.put("source", source);
        row.put("picture", name + ".png");
        ObjectNode files = row.putObject("sounds");
        sounds.forEach(kind -> files.put(kind, name + "-" + kind + ".wav"));
        ObjectNode errors = row.putObject("meanSquaredError");
        errors.put("model", restored.errors().model());
        errors.put("meanOfSeen", restored.errors().mean());
        restored.errors().repeated().ifPresent(error -> errors.put("repeated", error));
        return row;
    }

    private static float[] silent(float[] masked) {
        float[] mel = Arrays.copyOf(masked, masked.length);
        for (int i = 0; i < mel.length; i++) {
            mel[i] = Float.isNaN(mel[i]) ? SILENCE : mel[i];
        }
        return mel;
    }
}
