package org.sslam.eval.reconstruct;

import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.decode.AudioDecoder;
import org.sslam.audio.decode.AudioDecoders;
import org.sslam.audio.decode.AudioException;
import org.sslam.core.UserException;
import org.sslam.core.engine.Torch;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.core.random.Seeds;
import org.sslam.models.audiomae.AudioMaeFiles;
import org.sslam.models.mask.TokenOrder;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.vit.PatchNorm;
import org.sslam.train.loop.Checkpoints;

/**
 * Has a pre-trained network restore clips of which parts are hidden.
 *
 * <p>The mask of a clip is a function of the seed and of the clip's place in the list. Only sound is hidden: what fills a
 * short clip up stays seen.
 *
 * @param folder of a run with a decoder, or one of its checkpoints
 * @param mask what is hidden
 * @param seed of masks and of the first phases of sounds
 * @param output folder of what is written
 */
public record Reconstruction(Path folder, MaskChoice mask, long seed, Path output) {
    /**
     * Errors of one clip.
     *
     * @param name of its files
     * @param model mean squared error over hidden cells of the log-mel
     * @param mean error of the mean of all seen cells
     * @param repeated error of repeating the last packet, where packets were lost
     */
    public record Row(String name, double model, double mean, Optional<Double> repeated) {}

    /**
     * Restores clips, one after the other.
     *
     * @param clips sound files
     * @param notices receives lines that a person should read
     * @throws UserException if the folder has no decoder, or a clip cannot be read
     */
    public List<Row> run(List<Path> clips, Consumer<String> notices, ProgressListener progress) {
        Torch.start();
        try (NDManager manager = NDManager.newBaseManager()) {
            Path checkpoint = checkpoint(notices);
            AudioMaeFiles.Whole loaded = AudioMaeFiles.loadWhole(manager, checkpoint);
            if (loaded.targets() != PatchNorm.NONE) {
                notices.accept("this network was taught normalised patches: its output gets the true mean and deviation"
                        + " of each; train with objective.normalizeTargets=false to hear what it really says");
            }
            Reconstructor reconstructor = new Reconstructor(loaded, new ScriptOps(Precision.FP32), manager);
            refuseImpossibleMask(reconstructor);
            AtomicFiles.createDirectories(output);
            ReconstructionFiles files = new ReconstructionFiles(output, loaded.frontEnd(), seed);
            List<Row> rows = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (int i = 0; i < clips.size(); i++) {
                float[] wave = wave(reconstructor, clips.get(i));
                TokenOrder order = order(reconstructor, wave, clips.get(i), i);
                Restored restored = reconstructor.restore(wave, order, mask.losesPackets());
                String name = name(clips.get(i), names);
                files.write(name, clips.get(i).getFileName().toString(), restored);
                Restored.Errors errors = restored.errors();
                rows.add(new Row(name, errors.model(), errors.mean(), errors.repeated()));
                progress.advanced(i + 1, clips.size());
            }
            files.finish(about(checkpoint, loaded));
            return rows;
        }
    }

    /** Where the newest weights of a run lie; a folder without checkpoints may be a network's own. */
    private Path checkpoint(Consumer<String> notices) {
        if (!Files.isDirectory(folder)) {
            throw new UserException(folder + (Files.exists(folder) ? " is a file" : " does not exist")
                    + "; name a run of method audiomae, or one of its checkpoints");
        }
        return Files.isDirectory(folder.resolve("checkpoints"))
                ? Checkpoints.of(folder, notices).path()
                : folder;
    }

    private void refuseImpossibleMask(Reconstructor reconstructor) {
        try {
            PatchGrid grid = reconstructor.grid();
            mask.of(grid, grid.time(), Seeds.random(seed, "reconstruction mask", 0));
        } catch (IllegalArgumentException e) {
            throw new UserException("this mask does not fit the network's clips: " + e.getMessage(), e);
        }
    }

    private TokenOrder order(Reconstructor reconstructor, float[] wave, Path clip, int place) {
        try {
            return reconstructor.order(wave, mask, Seeds.random(seed, "reconstruction mask", place));
        } catch (IllegalArgumentException e) {
            throw new UserException("this mask does not fit the sound of " + clip + ": " + e.getMessage(), e);
        }
    }

    private static float[] wave(Reconstructor reconstructor, Path clip) {
        AudioDecoder decoder = AudioDecoders.standard();
        try {
            return reconstructor.frontEnd().waveform(decoder.decode(clip));
        } catch (AudioException e) {
            throw new UserException("cannot reconstruct " + clip + ": " + e.reason(), e);
        }
    }

    /** The file's name without its ending; a second file of that name gets a number. */
    private static String name(Path clip, Set<String> taken) {
        String stem = clip.getFileName().toString().replaceFirst("\\.[^.]+$", "");
        String name = stem;
        for (int i = 2; !taken.add(name); i++) {
            name = stem + "-" + i;
        }
        return name;
    }

    private Map<String, String> about(Path checkpoint, AudioMaeFiles.Whole loaded) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("network", folder.toAbsolutePath().normalize().getFileName().toString());
        about.put("weights", checkpoint.getFileName().toString());
        about.put(
                "mask",
                mask.lost().isPresent() ? "lost" : mask.drawn().kind().name().toLowerCase(Locale.ROOT));
        about.put("targets", loaded.targets().name().toLowerCase(Locale.ROOT));
        about.put("seed", Long.toString(seed));
        return about;
    }
}
