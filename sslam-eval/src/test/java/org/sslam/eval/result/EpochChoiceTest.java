package org.sslam.eval.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sslam.core.UserException;
import org.sslam.eval.result.EpochChoice.Kept;
import org.sslam.eval.result.EpochChoice.Monitored;

/** Results without the record of the choice say as much as their configuration does. */
class EpochChoiceTest {
    private static Optional<EpochChoice> configured(String data, String selection, boolean fold) {
        return EpochChoice.configured("data: {" + data + "}\nselection: {" + selection + "}\n", fold);
    }

    private static Optional<EpochChoice> choice(Monitored monitored, Kept kept) {
        return Optional.of(new EpochChoice(monitored, kept));
    }

    @Test
    void theConfigurationTellsWhereItCan() {
        assertEquals(choice(Monitored.EVAL, Kept.BEST), configured("folder: t", "monitor: eval, keep: best", false));
        assertEquals(choice(Monitored.VALID, Kept.BEST), configured("folder: t", "monitor: valid, keep: best", false));
        assertEquals(choice(Monitored.NONE, Kept.LAST), configured("folder: t", "monitor: none, keep: last", false));
        assertEquals(choice(Monitored.EVAL, Kept.BEST), configured("folder: t", "keep: best", true));
        assertEquals(
                choice(Monitored.VALID, Kept.BEST), configured("train: t, valid: v, eval: e", "keep: best", false));
        assertEquals(
                choice(Monitored.EVAL, Kept.BEST), configured("train: t, valid: null, eval: e", "keep: best", false));
        assertEquals(Optional.empty(), configured("folder: t", "keep: best", false), "a folder may hold either");
        assertEquals(Optional.empty(), EpochChoice.configured("", true));
        assertEquals(Optional.empty(), EpochChoice.configured("list: x", true));
        assertThrows(UserException.class, () -> configured("folder: t", "monitor: none, keep: best", true));
    }

    @Test
    void onlyTheBestEpochOnTheTestClipsIsOptimistic() {
        for (Monitored monitored : Monitored.values()) {
            assertEquals(false, new EpochChoice(monitored, Kept.LAST).optimistic());
        }
        assertEquals(false, new EpochChoice(Monitored.VALID, Kept.BEST).optimistic());
        assertEquals(true, new EpochChoice(Monitored.EVAL, Kept.BEST).optimistic());
        assertThrows(IllegalArgumentException.class, () -> new EpochChoice(Monitored.NONE, Kept.BEST));
    }
}
