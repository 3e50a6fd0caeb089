package org.sslam.models.sslam;

import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;

/** What the teacher says of whole clips: every block's feed-forward output, and targets for every K of the fixture. */
class TeacherTargetsGoldenTest {
    private static final String PREFIX = "target_topk_";

    @Test
    void targets() {
        Torch.start();
        Ops ops = new ScriptOps(Precision.FP32);
        Fixture fixture = Golden.fixture("sslam", "teacher_targets");
        Fixture input = Golden.fixture("sslam", "encoder");
        int depth = fixture.config().get("depth").asInt();
        try (NDManager manager = NDManager.newBaseManager()) {
            SslamTeacher teacher = SslamFixtures.teacher(manager, fixture.config());
            NDArray tokens = teacher.tokens(ops, SslamFixtures.array(manager, input, "input"));
            teacher.encoder().blocks(ops, teacher.encoder().withCls(ops, tokens), (i, output) -> {
                if (fixture.has("ffn" + i)) {
                    SslamFixtures.assertClose(fixture, "ffn" + i, TargetSum.withoutCls(output.ffn()));
                }
            });
            String[] cases = fixture.names().stream()
                    .filter(n -> n.startsWith(PREFIX))
                    .map(n -> n.substring(PREFIX.length()))
                    .toArray(String[]::new);
            assertFalse(cases.length == 0, "the fixture has no target");
            for (String k : cases) {
                int layers = k.equals("all") ? depth : Integer.parseInt(k);
                SslamTeacher.Targets targets = teacher.targets(ops, tokens, depth, layers);
                SslamFixtures.assertClose(fixture, "cls_target_" + k, targets.globalBD());
                SslamTeacher.Targets local = teacher.targets(ops, tokens, layers, depth);
                SslamFixtures.assertClose(fixture, PREFIX + k, local.localBLD());
            }
        }
    }
}
