package org.sslam.models.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.models.vit.PatchGrid;

/** Recorded block centres give the recorded visible sets; equalising only removes from or only adds to them. */
class MaskGoldenTest {
    private final Fixture fixture = Golden.fixture("sslam", "mask");
    private final JsonNode config = fixture.config();
    private final PatchGrid grid = new PatchGrid(
            config.get("grid").get(0).asInt(), config.get("grid").get(1).asInt());
    private final InverseBlockMask masking = new InverseBlockMask(
            grid,
            new MaskConfig(
                    config.get("mask_prob").asDouble(),
                    config.get("mask_prob_adjust").asDouble(),
                    config.get("block").asInt()));

    @Test
    void counts() {
        assertEquals(config.get("n_centres").asInt(), masking.centres());
        assertEquals(config.get("visible_target").asInt(), masking.visibleTokens());
    }

    @Test
    void dilationAndEqualising() {
        long[] centres = fixture.longs("centres");
        int perRow = (int) fixture.shape("centres")[1];
        int rows = (int) fixture.shape("visible_before_equalising")[0];
        long[] before = fixture.longs("visible_before_equalising");
        long[] recorded = fixture.longs("mask_final");
        assertTrue(rows > 0);
        for (int r = 0; r < rows; r++) {
            int[] own = new int[perRow];
            for (int i = 0; i < perRow; i++) {
                own[i] = (int) centres[r * perRow + i];
            }
            boolean[] visible = masking.dilate(own);
            int count = 0;
            for (int t = 0; t < visible.length; t++) {
                assertEquals(before[r * visible.length + t] == 1, visible[t], "row " + r + ", token " + t);
                count += visible[t] ? 1 : 0;
            }
            boolean[] equalised = visible.clone();
            masking.equalise(equalised, new SplittableRandom(r));
            checkEqualised(visible, equalised, count);
            boolean[] reference = new boolean[visible.length];
            for (int t = 0; t < reference.length; t++) {
                reference[t] = recorded[r * visible.length + t] == 0;
            }
            checkEqualised(visible, reference, count);
        }
    }

    private void checkEqualised(boolean[] before, boolean[] after, int countBefore) {
        int count = 0;
        for (int t = 0; t < after.length; t++) {
            count += after[t] ? 1 : 0;
            if (countBefore > masking.visibleTokens()) {
                assertTrue(before[t] || !after[t], "a surplus is only hidden");
            } else {
                assertTrue(after[t] || !before[t], "a lack is only filled");
            }
        }
        assertEquals(masking.visibleTokens(), count);
    }
}
