package org.sslam.models.audiomae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sslam.core.engine.GradMode;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.golden.Near;
import org.sslam.core.ops.ArrayOps;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.mask.TokenOrder;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.vit.Patchify;

/** The masked encoder and every decoder of the fixture, with both sets of operators. */
class AudioMaeGoldenTest {
    private static final String PREDICTION = "pred.";

    private final Fixture fixture = Golden.fixture("audiomae", "mae_models");

    @TestFactory
    Stream<DynamicTest> everyDecoder() {
        Torch.start();
        List<String> decoders = fixture.names().stream()
                .filter(name -> name.startsWith(PREDICTION))
                .map(name -> name.substring(PREDICTION.length()))
                .toList();
        assertFalse(decoders.isEmpty(), "the fixture has predictions");
        return Stream.of(new ScriptOps(Precision.FP32), new ArrayOps()).flatMap(ops -> decoders.stream()
                .map(name -> DynamicTest.dynamicTest(
                        name + ", " + ops.getClass().getSimpleName(), () -> GradMode.off(() -> check(name, ops)))));
    }

    private void check(String decoder, Ops ops) {
        try (NDManager manager = NDManager.newBaseManager()) {
            AudioMae model = AudioMaeFixtures.model(manager, fixture, decoder);
            NDArray x = AudioMaeFixtures.array(manager, fixture, "input");
            TokenOrder order = AudioMaeFixtures.order(fixture);
            AudioMaeFixtures.assertClose(fixture, "latent", model.latent(ops, x, order));
            AudioMaeFixtures.assertClose(fixture, PREDICTION + decoder, model.predict(ops, x, order));
            hiddenAlone(ops, model, x, order, PREDICTION + decoder);
        }
    }

    /** Training projects hidden patches only: the same numbers. */
    private void hiddenAlone(Ops ops, AudioMae model, NDArray x, TokenOrder order, String name) {
        NDArray features = model.features(ops, x, order, false);
        NDArray rows = AudioMae.hidden(ops, features, order);
        NDArray cells = model.decoder().cells(ops, model.decoder().normed(ops, rows));
        float[] all = fixture.floats(name);
        float[] actual = cells.toFloatArray();
        int width = model.encoder().config().patchCells();
        long[] hidden = order.hiddenRows();
        assertEquals(new Shape(hidden.length, width), cells.getShape());
        for (int row = 0; row < hidden.length; row++) {
            for (int i = 0; i < width; i++) {
                Near.check(fixture, name + " row " + row, all[(int) hidden[row] * width + i], actual[row * width + i]);
            }
        }
    }

    @Test
    void patchify() {
        JsonNode c = fixture.config();
        int patch = c.get("patch").asInt();
        int bins = AudioMaeFixtures.melBins(c);
        PatchGrid grid =
                new PatchGrid(c.get("grid").get(0).asInt(), c.get("grid").get(1).asInt());
        Patchify patchify = new Patchify(grid, patch, patch, bins);
        float[] clips = fixture.floats("input");
        int clip = (int) (fixture.shape("input")[2] * bins);
        float[] rows = new float[clips.length];
        for (int at = 0; at < clips.length; at += clip) {
            System.arraycopy(patchify.rows(clips, at), 0, rows, at, clip);
        }
        Near.check(fixture, "patchify", rows);
        float[] back = new float[clip];
        for (int token = 0; token < grid.tokens(); token++) {
            int from = token * patchify.cells();
            patchify.forEachCell(token, (cell, place) -> back[place] = rows[from + cell]);
        }
        for (int i = 0; i < clip; i++) {
            assertEquals(clips[i], back[i], "pasted back");
        }
    }
}
