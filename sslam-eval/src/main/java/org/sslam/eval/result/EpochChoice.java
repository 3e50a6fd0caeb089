package org.sslam.eval.result;

import java.util.Locale;
import java.util.Optional;
import org.sslam.core.config.Config;
import org.sslam.core.config.ConfigTree;
import org.sslam.train.finetune.SelectionConfig;

/**
 * How a training came to the epoch whose weights were judged.
 *
 * @param monitored clips that were scored after every epoch
 * @param kept whose weights were judged
 */
public record EpochChoice(Monitored monitored, Kept kept) {
    /** Clips that were scored after every epoch. */
    public enum Monitored {
        /** None. */
        NONE,
        /** Validation clips. */
        VALID,
        /** The test clips. */
        EVAL
    }

    /** Whose weights were judged. */
    public enum Kept {
        /** The epoch with the highest figure on the monitored clips. */
        BEST,
        /** The last epoch. */
        LAST
    }

    /** What a reader must know of a figure that {@link #optimistic} is. */
    public static final String WARNING =
            "The best epoch was chosen on the test clips of the training: figures on these clips are too high.";

    /** Checks that there was something to choose by. */
    public EpochChoice {
        if (monitored == Monitored.NONE && kept == Kept.BEST) {
            throw new IllegalArgumentException("the best epoch cannot have been kept where no clips were monitored");
        }
    }

    /** Whether the test clips chose the epoch, so that figures on them are too high. */
    public boolean optimistic() {
        return monitored == Monitored.EVAL && kept == Kept.BEST;
    }

    /** What was monitored, as a noun: {@code test clips}. */
    public String clips() {
        return switch (monitored) {
            case NONE -> "no clips";
            case VALID -> "validation clips";
            case EVAL -> "test clips";
        };
    }

    /** In words: {@code test clips were monitored, the last epoch was kept}. */
    public String describe() {
        return clips() + " were monitored, the " + kept.name().toLowerCase(Locale.ROOT) + " epoch was kept";
    }

    /**
     * What a configuration comes to.
     *
     * @param validClips whether the task has validation clips
     */
    public static EpochChoice of(SelectionConfig selection, boolean validClips) {
        Monitored monitored =
                switch (selection.monitor()) {
                    case NONE -> Monitored.NONE;
                    case EVAL -> Monitored.EVAL;
                    case AUTO, VALID -> validClips ? Monitored.VALID : Monitored.EVAL;
                };
        return new EpochChoice(monitored, selection.keep() == SelectionConfig.Keep.BEST ? Kept.BEST : Kept.LAST);
    }

    /**
     * As far as a training's configuration tells; of a folder it does not tell whether there were validation clips.
     *
     * @param config as YAML
     * @param fold whether a fold was left out, where there are no validation clips
     */
    public static Optional<EpochChoice> configured(String config, boolean fold) {
        ConfigTree tree = Config.parse("the result's configuration", config);
        Optional<ConfigTree> lists =
                tree.section("data").filter(data -> data.text("train").isPresent());
        return tree.section("selection")
                .map(selection -> selection.bind(SelectionConfig.class))
                .filter(selection -> fold || lists.isPresent() || selection.monitor() != SelectionConfig.Monitor.AUTO)
                .map(selection -> of(
                        selection,
                        selection.monitor() == SelectionConfig.Monitor.VALID
                                || lists.flatMap(data -> data.text("valid")).isPresent()));
    }
}
