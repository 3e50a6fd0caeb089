package org.sslam.eval.embed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import org.sslam.models.encoder.AudioEncoder;
import org.sslam.models.vit.PatchGrid;

/** How the tokens of a window become one vector. Source: SSLAM paper, section 4.2; EAT recommends CLS. */
public enum Pooling implements TokenHead {
    /** The CLS token: D numbers. */
    CLS {
        @Override
        public NDArray apply(NDArray tokensBND, PatchGrid grid) {
            return tokensBND.get(new NDIndex(":, 0"));
        }
    },
    /** The mean over patch tokens, those of padding among them: D numbers. */
    MEAN {
        @Override
        public NDArray apply(NDArray tokensBND, PatchGrid grid) {
            return TokenHead.patches(tokensBND, grid).mean(new int[] {1});
        }
    },
    /** [CLS ; mean over patch tokens]: 2 D numbers. */
    BOTH {
        @Override
        public NDArray apply(NDArray tokensBND, PatchGrid grid) {
            return CLS.apply(tokensBND, grid).concat(MEAN.apply(tokensBND, grid), 1);
        }
    },
    /**
     * The mean over time, the tokens of a time step one after the other, lowest frequencies first: rows x D numbers. Source:
     * MW-MAE paper, section 4.2.
     */
    ROWS {
        @Override
        public NDArray apply(NDArray tokensBND, PatchGrid grid) {
            NDArray patches = TokenHead.patches(tokensBND, grid);
            long width = grid.frequency() * patches.getShape().get(2);
            return patches.reshape(patches.getShape().get(0), grid.time(), width)
                    .mean(new int[] {1});
        }
    };

    @Override
    public int width(AudioEncoder encoder, PatchGrid grid) {
        return switch (this) {
            case CLS, MEAN -> encoder.width();
            case BOTH -> 2 * encoder.width();
            case ROWS -> grid.frequency() * encoder.width();
        };
    }

    /** Whether it needs an encoder with a CLS token. */
    public boolean needsCls() {
        return this == CLS || this == BOTH;
    }

    /** What a time step's vector must be for their mean over time to be this. */
    FrequencyRows rows() {
        return this == ROWS ? FrequencyRows.CONCAT : FrequencyRows.MEAN;
    }
}
