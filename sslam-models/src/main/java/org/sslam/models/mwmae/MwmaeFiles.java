package org.sslam.models.mwmae;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.UserException;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Module;
import org.sslam.core.nn.Weights;
import org.sslam.models.encoder.ModelFolder;

/**
 * MW-MAE and MAE networks as folders: {@code model.json} with sizes and front-end, and the weights beside it.
 *
 * <p>A finished run leaves the encoder alone; its checkpoints hold encoder and decoder, and the encoder can be read from
 * them too.
 */
public final class MwmaeFiles {
    /** Format of an encoder's folder. */
    public static final String ENCODER_FORMAT = "mwmae-encoder/1";

    /** Format of a folder with encoder and decoder. */
    public static final String WHOLE_FORMAT = "mwmae/1";

    /** Format of a classifier's folder. */
    static final String CLASSIFIER_FORMAT = "mwmae-classifier/1";

    private static final String ENCODER = "an MW-MAE encoder";
    private static final String REMEDY = "name the folder 'encoder' of a finished run, or one of its checkpoints";

    private MwmaeFiles() {}

    /**
     * A network and what its input must look like.
     *
     * @param <M> {@link MwmaeEncoder} or {@link Mwmae}
     * @param model with its weights
     */
    public record Loaded<M extends Module>(M model, FrontEndConfig frontEnd) {}

    /** How a network is built before its weights are read. */
    @FunctionalInterface
    private interface Builder<M extends Module> {
        M build(Init init, ChunkedEncoder.Sizes sizes, FrontEndConfig frontEnd);
    }

    /** The {@code model.json} of encoder and decoder. */
    public static String describe(MwmaeConfig model, FrontEndConfig frontEnd) {
        return ModelFolder.text(ModelFolder.description(WHOLE_FORMAT, model, frontEnd));
    }

    /** Writes an encoder's folder: complete under its name, or not there. */
    public static void save(Path folder, MwmaeEncoder encoder, FrontEndConfig frontEnd) {
        ModelFolder.write(
                folder, ModelFolder.description(ENCODER_FORMAT, encoder.config(), frontEnd), encoder.state(), Map.of());
    }

    /**
     * Loads an encoder.
     *
     * @param folder written by {@link #save}, or a checkpoint
     * @throws UserException if the folder holds no encoder, or its weights do not fit its description
     */
    public static Loaded<MwmaeEncoder> loadEncoder(NDManager manager, Path folder) {
        return load(manager, folder, List.of(ENCODER_FORMAT, WHOLE_FORMAT), ENCODER, REMEDY, MwmaeFiles::encoder);
    }

    /** As {@link #loadEncoder}, also out of a classifier's folder, whose head is passed over. */
    static Loaded<MwmaeEncoder> loadTrainable(NDManager manager, Path folder) {
        List<String> formats = List.of(ENCODER_FORMAT, WHOLE_FORMAT, CLASSIFIER_FORMAT);
        return load(manager, folder, formats, ENCODER, REMEDY, MwmaeFiles::encoder);
    }

    static MwmaeEncoder encoder(Init init, ChunkedEncoder.Sizes sizes, FrontEndConfig frontEnd) {
        MwmaeConfig config = sizes.encoder();
        return new MwmaeEncoder(init, config, config.grid(sizes.chunkFrames(), frontEnd.melBins()));
    }

    /** The sizes that a description names; a chunk is as long as an encoder's input. */
    static ChunkedEncoder.Sizes sizes(JsonNode description, FrontEndConfig frontEnd) throws JsonProcessingException {
        JsonNode model = description.required("model");
        if (description.path("format").asText().equals(CLASSIFIER_FORMAT)) {
            return ModelFolder.JSON.treeToValue(model, ChunkedEncoder.Sizes.class);
        }
        return new ChunkedEncoder.Sizes(ModelFolder.JSON.treeToValue(model, MwmaeConfig.class), frontEnd.frames());
    }

    /**
     * Loads encoder and decoder.
     *
     * @param folder a checkpoint
     * @throws UserException if the folder holds no such network, or its weights do not fit its description
     */
    public static Loaded<Mwmae> loadWhole(NDManager manager, Path folder) {
        return load(
                manager,
                folder,
                List.of(WHOLE_FORMAT),
                "an MW-MAE encoder with its decoder",
                "name a checkpoint of a run of method mwmae",
                (init, sizes, frontEnd) -> new Mwmae(init, sizes.encoder(), sizes.chunkFrames(), frontEnd.melBins()));
    }

    private static <M extends Module> Loaded<M> load(
            NDManager manager, Path folder, List<String> formats, String what, String remedy, Builder<M> builder) {
        JsonNode node = ModelFolder.read(folder, formats, what, remedy);
        try {
            FrontEndConfig frontEnd = ModelFolder.JSON.treeToValue(node.required("frontEnd"), FrontEndConfig.class);
            M model = builder.build(new Init(manager), sizes(node, frontEnd), frontEnd);
            ModelFolder.checkHash(folder, node);
            Weights.read(folder.resolve(ModelFolder.WEIGHTS), model.state(), formats.size() > 1);
            return new Loaded<>(model, frontEnd);
        } catch (JsonProcessingException e) {
            throw ModelFolder.notA(what, folder, e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw ModelFolder.notA(what, folder, e.getMessage(), e);
        }
    }
}
