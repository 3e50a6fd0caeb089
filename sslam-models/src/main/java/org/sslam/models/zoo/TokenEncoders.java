package org.sslam.models.zoo;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.nn.Init;
import org.sslam.models.audiomae.AudioMaeTokens;
import org.sslam.models.encoder.ModelFolder;
import org.sslam.models.encoder.TokenEncoder;
import org.sslam.models.encoder.TokenEncoderFamily;
import org.sslam.models.mwmae.MwmaeTokens;
import org.sslam.models.sslam.SslamTokens;

/** The registry of encoders that can be trained on: the {@code format} in a folder's {@code model.json} says which. */
public final class TokenEncoders {
    private static final List<TokenEncoderFamily> FAMILIES =
            List.of(new SslamTokens(), new AudioMaeTokens(), new MwmaeTokens());
    private static final String REMEDY = "name the folder 'encoder' of a finished run, or one of its checkpoints";

    private TokenEncoders() {}

    /**
     * Loads an encoder of any family.
     *
     * @param manager owner of the weights
     * @param folder of an encoder, a checkpoint, or of a classifier, whose head is passed over
     * @throws org.sslam.core.UserException if it holds none, or its weights do not fit its description
     */
    public static TokenEncoderFamily.Loaded load(NDManager manager, Path folder) {
        return ofFolder(folder).load(manager, folder);
    }

    /**
     * The file that holds the weights of an encoder's folder.
     *
     * @throws org.sslam.core.UserException if the folder is of no known family
     */
    public static Path weights(Path folder) {
        return ofFolder(folder).weights(folder);
    }

    /** The family of an encoder. */
    static TokenEncoderFamily of(TokenEncoder encoder) {
        return first(family -> family.owns(encoder));
    }

    /** The family of a classifier's folder. */
    static TokenEncoderFamily ofClassifier(JsonNode description) {
        return first(family -> family.classifierFormat().equals(format(description)));
    }

    /** Formats of all classifiers' folders. */
    static List<String> classifierFormats() {
        return FAMILIES.stream().map(TokenEncoderFamily::classifierFormat).toList();
    }

    private static TokenEncoderFamily ofFolder(Path folder) {
        return of(description(folder));
    }

    /**
     * An encoder with fresh weights, of the sizes and with the front-end of a folder's.
     *
     * @param folder as for {@link #load}
     * @throws org.sslam.core.UserException if it describes none
     */
    public static TokenEncoderFamily.Loaded fresh(NDManager manager, Path folder) {
        JsonNode description = description(folder);
        try {
            FrontEndConfig frontEnd =
                    ModelFolder.JSON.treeToValue(description.required("frontEnd"), FrontEndConfig.class);
            TokenEncoder encoder = of(description).create(new Init(manager), description, frontEnd);
            return new TokenEncoderFamily.Loaded(encoder, frontEnd);
        } catch (JsonProcessingException e) {
            throw ModelFolder.notA("an encoder", folder, e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw ModelFolder.notA("an encoder", folder, e.getMessage(), e);
        }
    }

    private static JsonNode description(Path folder) {
        List<String> known = new ArrayList<>();
        FAMILIES.forEach(family -> known.addAll(family.encoderFormats()));
        known.addAll(classifierFormats());
        return ModelFolder.read(folder, known, "an encoder", REMEDY);
    }

    private static TokenEncoderFamily of(JsonNode description) {
        String format = format(description);
        return first(family -> family.encoderFormats().contains(format)
                || family.classifierFormat().equals(format));
    }

    private static String format(JsonNode description) {
        return description.path("format").asText();
    }

    private static TokenEncoderFamily first(Predicate<TokenEncoderFamily> condition) {
        return FAMILIES.stream().filter(condition).findFirst().orElseThrow();
    }
}
