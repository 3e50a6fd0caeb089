package org.sslam.eval.cli;

import java.io.IOException;
import org.sslam.core.UserException;
import org.sslam.core.config.ConfigTree;
import org.sslam.eval.report.LossCurves;
import org.sslam.train.config.RunConfig;
import org.sslam.train.loop.StopSignal;
import org.sslam.train.loop.Trainer;
import org.sslam.train.run.PretrainRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sslam pretrain}: starts a run, or continues it from its newest checkpoint. */
@Command(
        name = "pretrain",
        description = {
            "Pre-train an encoder as a configuration says.",
            "The same command continues a run that was stopped or killed, and ends with the same weights."
        },
        footer = {
            "",
            "Example: sslam pretrain configs/sslam/esc-tiny-stage1.yaml data.path=/data/ESC-50",
            "Exit code 75: stopped by a signal after saving; run the same command to go on."
        })
final class PretrainVerb extends Verb {
    @Mixin
    private ConfigInput input;

    @Override
    public Integer call() {
        ConfigTree tree = input.load();
        RunConfig config = tree.bind(RunConfig.class);
        return run(config);
    }

    /** Runs one configuration to its end or to a signal, and draws its curves. */
    private int run(RunConfig config) {
        int code = Main.FAILED;
        try (StopSignal stop = StopSignal.ofProcess()) {
            try {
                Trainer.Outcome outcome = new PretrainRun(config, Version.ofProject(), err()::println).run(stop);
                if (outcome == Trainer.Outcome.STOPPED) {
                    err().println("stopped and saved; run the same command to go on");
                    code = StopSignal.EXIT_CODE;
                } else {
                    LossCurves.write(
                            config.output().resolve("metrics.jsonl"),
                            config.output().getFileName().toString(),
                            config.output().resolve("curves.png"));
                    out().println("encoder: " + config.output().resolve("encoder"));
                    out().println("curves:  " + config.output().resolve("curves.png"));
                    code = Main.OK;
                }
            } catch (IOException e) {
                throw new UserException("the program's version cannot be read: " + e.getMessage(), e);
            } finally {
                err().flush();
                stop.finished(code);
            }
        }
        return code;
    }
}
