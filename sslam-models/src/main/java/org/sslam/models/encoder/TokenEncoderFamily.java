package org.sslam.models.encoder;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.nn.Init;

/** Knows how one family's trainable encoders and classifiers lie on the disk. */
public interface TokenEncoderFamily {
    /** What {@code format} says of folders that hold an encoder. */
    List<String> encoderFormats();

    /** What {@code format} says of a classifier's folder. */
    String classifierFormat();

    /** Whether an encoder is of this family. */
    boolean owns(TokenEncoder encoder);

    /**
     * An encoder and what its input must look like.
     *
     * @param encoder with its weights, without a norm at the end
     */
    record Loaded(TokenEncoder encoder, FrontEndConfig frontEnd) {}

    /**
     * Loads an encoder as fine-tuning has it.
     *
     * @param folder of one of {@link #encoderFormats}, or of a classifier
     * @throws org.sslam.core.UserException if the weights do not fit the description
     */
    Loaded load(NDManager manager, Path folder);

    /** The file that holds a folder's weights. */
    Path weights(Path folder);

    /**
     * An encoder with fresh weights of the sizes that a folder describes.
     *
     * @param description {@code model.json} of an encoder or a classifier
     * @param frontEnd that the description names
     */
    TokenEncoder create(Init init, JsonNode description, FrontEndConfig frontEnd) throws JsonProcessingException;
}
