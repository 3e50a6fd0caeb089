package org.sslam.train.finetune;

import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.UserException;
import org.sslam.core.engine.Torch;
import org.sslam.core.io.Hashes;
import org.sslam.core.nn.Init;
import org.sslam.core.random.Seeds;
import org.sslam.models.encoder.Classifier;
import org.sslam.models.encoder.ModelFolder;
import org.sslam.models.encoder.TokenEncoderFamily;
import org.sslam.models.sslam.SslamEncoder;
import org.sslam.models.zoo.TokenEncoders;

/**
 * Which encoder is evaluated: a folder's, the student's weights and not the teacher's, or one with fresh weights.
 *
 * @param name for results: the name of the run or folder, or {@code random}
 * @param hash of the weights; {@code random} for fresh ones, which the seed decides
 */
public record EncoderChoice(FinetuneConfig config, String name, String hash) {
    private static final String INSIDE_RUN = "encoder";
    private static final String INSIDE_TASK = "model";
    private static final String CHECKPOINTS = "checkpoints";

    /**
     * Finds the weights.
     *
     * @throws UserException if there are none
     */
    public static EncoderChoice of(FinetuneConfig config) {
        if (config.encoder().equals(FinetuneConfig.RANDOM)) {
            return new EncoderChoice(config, FinetuneConfig.RANDOM, FinetuneConfig.RANDOM);
        }
        Path folder = folder(config.encoder());
        Path weights = TokenEncoders.weights(folder);
        if (!Files.isRegularFile(weights)) {
            throw new UserException("encoder " + folder + " has no weights (" + weights.getFileName()
                    + " is missing); restore it or run the command that made it again");
        }
        return new EncoderChoice(config, name(folder.toAbsolutePath().normalize()), Hashes.sha256(weights));
    }

    /** Where its weights lie; empty for fresh ones. */
    public Optional<Path> folder() {
        return isRandom() ? Optional.empty() : Optional.of(folder(config.encoder()));
    }

    /** Whether a seed decides the weights. */
    public boolean isRandom() {
        return hash.equals(FinetuneConfig.RANDOM);
    }

    /**
     * Loads or makes the encoder.
     *
     * @param seed of fresh weights
     * @return with the task's front-end
     * @throws UserException if encoder and task do not fit together
     */
    public TokenEncoderFamily.Loaded load(NDManager manager, long seed) {
        TokenEncoderFamily.Loaded loaded = isRandom() ? fresh(manager, seed) : trained(manager);
        try {
            loaded.encoder().grid(loaded.frontEnd().frames(), loaded.frontEnd().melBins());
        } catch (IllegalArgumentException e) {
            throw new UserException("frontEnd.frames does not fit encoder " + name + ": " + e.getMessage(), e);
        }
        if (config.head().pooling() == Classifier.Pooling.CLS
                && !loaded.encoder().hasCls()) {
            throw new UserException("encoder " + name + " has no CLS token; set head.pooling=rows or mean");
        }
        if (config.hidden().hides() && loaded.encoder().pieces(loaded.frontEnd().frames()) > 1) {
            throw new UserException(
                    "encoder " + name + " takes these clips in several pieces, of which patches cannot be"
                            + " hidden; set hidden.kind=none");
        }
        return loaded;
    }

    private TokenEncoderFamily.Loaded trained(NDManager manager) {
        TokenEncoderFamily.Loaded loaded = TokenEncoders.load(manager, folder(config.encoder()));
        return new TokenEncoderFamily.Loaded(
                loaded.encoder(), config.frontEnd().with(loaded.frontEnd(), config.encoder()));
    }

    private TokenEncoderFamily.Loaded fresh(NDManager manager, long seed) {
        Torch.seed(Seeds.of(seed, "random encoder"));
        if (config.like().isPresent()) {
            String like = config.like().get().toString();
            TokenEncoderFamily.Loaded fresh = TokenEncoders.fresh(manager, folder(like));
            return new TokenEncoderFamily.Loaded(
                    fresh.encoder(), config.frontEnd().with(fresh.frontEnd(), like));
        }
        FrontEndConfig frontEnd = config.frontEnd().alone();
        SslamEncoder encoder =
                new SslamEncoder(new Init(manager), config.model().orElseThrow(), frontEnd.melBins());
        return new TokenEncoderFamily.Loaded(encoder, frontEnd);
    }

    /** The folder itself, or the encoder that a finished run left in it. */
    private static Path folder(String named) {
        Path given = Path.of(named);
        if (Files.isRegularFile(given.resolve(ModelFolder.DESCRIPTION))) {
            return given;
        }
        Path inside = given.resolve(INSIDE_RUN);
        if (Files.isRegularFile(inside.resolve(ModelFolder.DESCRIPTION))) {
            return inside;
        }
        if (!Files.isDirectory(given)) {
            throw new UserException("encoder " + given + " is not a folder; name a finished run, its folder 'encoder',"
                    + " one of its checkpoints, or 'random' for fresh weights");
        }
        throw new UserException("encoder " + given + " holds no " + ModelFolder.DESCRIPTION
                + (Files.isDirectory(given.resolve(CHECKPOINTS))
                        ? ": its run is not finished; finish it, or name one of its checkpoints"
                        : "; name a finished run, its folder 'encoder', or one of its checkpoints"));
    }

    /** A run by its own name, a checkpoint by its run's and its update, a classifier by its task's and its run's. */
    private static String name(Path folder) {
        Path parent = folder.getParent();
        String own = folder.getFileName().toString();
        if (parent == null || parent.getFileName() == null) {
            return own;
        }
        Path above = parent.getParent();
        String before = above == null || above.getFileName() == null
                ? ""
                : above.getFileName().toString();
        return switch (own) {
            case INSIDE_RUN -> parent.getFileName().toString();
            case INSIDE_TASK -> before + "/" + parent.getFileName();
            default -> parent.endsWith(CHECKPOINTS) ? before + "/" + own : own;
        };
    }
}
