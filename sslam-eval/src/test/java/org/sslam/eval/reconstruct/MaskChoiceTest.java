package org.sslam.eval.reconstruct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sslam.core.random.Seeds;
import org.sslam.models.audiomae.MaskingConfig;
import org.sslam.models.mask.TokenOrder;
import org.sslam.models.vit.PatchGrid;

/** Only time steps that hold sound are hidden, in the shares that were asked for. */
class MaskChoiceTest {
    private static final PatchGrid GRID = new PatchGrid(10, 4);
    private static final int HEARD = 6;

    private static TokenOrder order(MaskChoice choice, int heard, long seed) {
        return choice.of(GRID, heard, Seeds.random(seed, "test"));
    }

    @ParameterizedTest
    @EnumSource(MaskingConfig.Kind.class)
    void whatFillsUpIsSeen(MaskingConfig.Kind kind) {
        MaskChoice choice = new MaskChoice(new MaskingConfig(kind, 0.5, 0.5, 0.5), Optional.empty());
        for (int seed = 0; seed < 20; seed++) {
            TokenOrder order = order(choice, HEARD, seed);
            assertEquals(GRID.tokens(), order.tokens());
            int share = kind == MaskingConfig.Kind.TIME_FREQUENCY ? 18 : 12;
            assertEquals(share, order.hiddenPerRow(), "of 24 patches with sound");
            assertTrue(Arrays.stream(order.hiddenRows()).allMatch(token -> token < HEARD * GRID.frequency()));
            int[] all = IntStream.range(0, order.tokens())
                    .map(place -> order.token(0, place))
                    .sorted()
                    .toArray();
            assertEquals(GRID.tokens(), Arrays.stream(all).distinct().count());
        }
    }

    @Test
    void aWholeClipIsMaskedAsInTraining() {
        MaskChoice choice = MaskChoice.packetLoss(0.3);
        TokenOrder order = order(choice, GRID.time(), 3);
        TokenOrder trained = choice.drawn().over(GRID).draw(1, row -> Seeds.random(3, "test"));
        assertEquals(trained.seenPerRow(), order.seenPerRow());
        for (int place = 0; place < order.tokens(); place++) {
            assertEquals(trained.token(0, place), order.token(0, place));
        }
    }

    @Test
    void lostStepsMustBeOfTheSound() {
        MaskChoice lost = new MaskChoice(MaskChoice.packetLoss(0.5).drawn(), Optional.of(List.of(1, 4)));
        assertEquals(8, order(lost, HEARD, 1).hiddenPerRow());
        assertThrows(IllegalArgumentException.class, () -> order(lost, 4, 1));
        assertThrows(IllegalArgumentException.class, () -> order(MaskChoice.packetLoss(0.1), 1, 1));
    }
}
