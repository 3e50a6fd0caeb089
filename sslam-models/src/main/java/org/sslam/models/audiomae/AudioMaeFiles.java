package org.sslam.models.audiomae;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.UserException;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Weights;
import org.sslam.models.encoder.ModelFolder;
import org.sslam.models.vit.PatchNorm;

/**
 * Audio-MAE networks as folders: {@code model.json} with sizes and front-end, and the weights beside it.
 *
 * <p>A finished run leaves the encoder alone; its checkpoints hold encoder and decoder, and the encoder can be read from
 * them too.
 */
public final class AudioMaeFiles {
    /** Format of an encoder's folder. */
    public static final String ENCODER_FORMAT = "audiomae-encoder/1";

    /** Format of a folder with encoder and decoder. */
    public static final String WHOLE_FORMAT = "audiomae/1";

    /** Format of a classifier's folder. */
    static final String CLASSIFIER_FORMAT = "audiomae-classifier/1";

    private static final String TARGETS = "targets";
    private static final String FINAL_NORM = "finalNorm";
    private static final String REMEDY = "name the folder 'encoder' of a finished run, or one of its checkpoints";

    private AudioMaeFiles() {}

    /**
     * An encoder and what its input must look like.
     *
     * @param encoder with its weights
     */
    public record Encoder(AudioMaeEncoder encoder, FrontEndConfig frontEnd) {}

    /**
     * Encoder and decoder, what their input must look like and what they were taught to predict.
     *
     * @param model with its weights
     * @param targets how the cells of patches were normalised
     */
    public record Whole(AudioMae model, FrontEndConfig frontEnd, PatchNorm targets) {}

    /** The {@code model.json} of encoder and decoder. */
    public static String describe(AudioMaeConfig model, FrontEndConfig frontEnd, PatchNorm targets) {
        ObjectNode node = ModelFolder.description(WHOLE_FORMAT, model, frontEnd);
        node.put(TARGETS, targets.name());
        return ModelFolder.text(node);
    }

    /** Writes an encoder's folder: complete under its name, or not there. */
    public static void save(Path folder, AudioMaeEncoder encoder, FrontEndConfig frontEnd) {
        ObjectNode node = ModelFolder.description(ENCODER_FORMAT, encoder.config(), frontEnd);
        node.put(FINAL_NORM, encoder.hasFinalNorm());
        ModelFolder.write(folder, node, encoder.state(), Map.of());
    }

    /**
     * Loads an encoder.
     *
     * @param folder written by {@link #save}, a checkpoint, or a classifier's, which has no norm after the last block
     * @throws UserException if the folder holds no encoder, or its weights do not fit its description
     */
    public static Encoder loadEncoder(NDManager manager, Path folder) {
        return load(manager, folder, true);
    }

    /**
     * Loads an encoder without the norm after the last block, as fine-tuning has it.
     *
     * @param folder as for {@link #loadEncoder}
     */
    static Encoder loadWithoutNorm(NDManager manager, Path folder) {
        return load(manager, folder, false);
    }

    private static Encoder load(NDManager manager, Path folder, boolean withNorm) {
        String what = "an Audio-MAE encoder";
        JsonNode node =
                ModelFolder.read(folder, List.of(ENCODER_FORMAT, WHOLE_FORMAT, CLASSIFIER_FORMAT), what, REMEDY);
        try {
            FrontEndConfig frontEnd = frontEnd(node);
            String format = node.path("format").asText();
            boolean hasNorm = format.equals(WHOLE_FORMAT)
                    || format.equals(ENCODER_FORMAT)
                            && node.required(FINAL_NORM).asBoolean();
            AudioMaeEncoder encoder =
                    new AudioMaeEncoder(new Init(manager), model(node), frontEnd.melBins(), withNorm && hasNorm);
            ModelFolder.checkHash(folder, node);
            boolean holdsMore = !format.equals(ENCODER_FORMAT) || hasNorm && !withNorm;
            Weights.read(folder.resolve(ModelFolder.WEIGHTS), encoder.state(), holdsMore);
            return new Encoder(encoder, frontEnd);
        } catch (JsonProcessingException e) {
            throw ModelFolder.notA(what, folder, e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw ModelFolder.notA(what, folder, e.getMessage(), e);
        }
    }

    /**
     * Loads encoder and decoder.
     *
     * @param folder a checkpoint
     * @throws UserException if the folder holds no such network, or its weights do not fit its description
     */
    public static Whole loadWhole(NDManager manager, Path folder) {
        String what = "an Audio-MAE encoder with its decoder";
        JsonNode node = ModelFolder.read(
                folder, List.of(WHOLE_FORMAT), what, "name a run of method audiomae, or one of its checkpoints");
        try {
            FrontEndConfig frontEnd = frontEnd(node);
            PatchNorm targets = PatchNorm.valueOf(node.required(TARGETS).asText());
            AudioMae model = new AudioMae(new Init(manager), model(node), frontEnd.melBins());
            ModelFolder.checkHash(folder, node);
            Weights.read(folder.resolve(ModelFolder.WEIGHTS), model.state(), false);
            return new Whole(model, frontEnd, targets);
        } catch (JsonProcessingException e) {
            throw ModelFolder.notA(what, folder, e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw ModelFolder.notA(what, folder, e.getMessage(), e);
        }
    }

    private static AudioMaeConfig model(JsonNode node) throws JsonProcessingException {
        return ModelFolder.JSON.treeToValue(node.required("model"), AudioMaeConfig.class);
    }

    private static FrontEndConfig frontEnd(JsonNode node) throws JsonProcessingException {
        return ModelFolder.JSON.treeToValue(node.required("frontEnd"), FrontEndConfig.class);
    }
}
