package org.sslam.eval.finetune;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.load.LoaderOptions;
import org.sslam.audio.load.OnePass;
import org.sslam.audio.load.Quarantined;
import org.sslam.core.engine.Torch;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.eval.result.TestScores;
import org.sslam.models.zoo.ClassifierFiles;
import org.sslam.train.finetune.HeadInput;
import org.sslam.train.finetune.Scoring;
import org.sslam.train.finetune.TaskTargets;

/** Lets a fine-tuned model score clips: single view, no augmentation, the front-end it was trained with. */
public final class ModelJudge {
    private final String device;
    private final int threads;
    private final Precision precision;
    private final LoaderOptions loading;

    /**
     * What a model said.
     *
     * @param scores of the clips that could be read
     * @param broken those that could not
     */
    public record Judgement(TestScores scores, List<Quarantined> broken) {}

    /**
     * @param threads of the engine
     * @param loading batch size, threads and limits
     */
    public ModelJudge(String device, int threads, Precision precision, LoaderOptions loading) {
        this.device = device;
        this.threads = threads;
        this.precision = precision;
        this.loading = loading;
    }

    /**
     * Scores every clip of a source.
     *
     * @param folder of the model
     * @param source clips whose labels are among its classes
     * @throws org.sslam.core.UserException if the folder holds none, or no clip is left to judge
     */
    public Judgement judge(Path folder, ClipSource source, ProgressListener progress) {
        Torch.start(threads);
        try (NDManager manager = NDManager.newBaseManager(Torch.device(device))) {
            ClassifierFiles.Loaded model = ClassifierFiles.load(manager, folder);
            Ops ops = new ScriptOps(precision);
            Scoring scoring =
                    new Scoring(model.classifier(), ops, manager, HeadInput.ofMels(model.classifier(), ops), source);
            List<Quarantined> broken =
                    OnePass.over(source, new FrontEnd(model.frontEnd()), loading, scoring::add, progress);
            List<String> ids =
                    scoring.clips().stream().map(i -> source.clip(i).id()).toList();
            boolean[][] targets = TaskTargets.table(model.labels(), source, scoring.clips());
            return new Judgement(new TestScores(ids, scoring.logitsNC(), targets), broken);
        }
    }
}
