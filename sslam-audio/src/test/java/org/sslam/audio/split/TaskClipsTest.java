package org.sslam.audio.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.data.Clip;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;

class TaskClipsTest {
    @TempDir
    private Path folder;

    private final List<String> notices = new ArrayList<>();

    private record Holder(SplitConfig data) {}

    private SplitConfig config(String... lines) {
        StringBuilder yaml = new StringBuilder("data:\n");
        for (String line : lines) {
            yaml.append("  ").append(line.replace("$", folder.toString())).append('\n');
        }
        return Config.parse("test", yaml.toString()).bind(Holder.class).data();
    }

    private void write(String name, String... lines) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.write(folder.resolve(name), List.of(lines));
    }

    private TaskClips open(String... lines) {
        return TaskClips.open(config(lines), notices::add);
    }

    private String refusal(String... lines) {
        return assertThrows(UserException.class, () -> open(lines)).getMessage();
    }

    private static List<String> ids(Iterable<Clip> clips) {
        List<String> ids = new ArrayList<>();
        clips.forEach(clip -> ids.add(clip.id()));
        return ids;
    }

    @Test
    void aPreparedFolderGivesItsListsAndItsOrderOfClasses() throws IOException {
        write("train.csv", "path,labels", "a.wav,dog", "b.wav,cat;dog");
        write("valid.csv", "path,labels", "c.wav,cat");
        write("eval.csv", "path,labels", "d.wav,dog", "e.wav,cat");
        write("label_descriptors.csv", "0,dog,Dog", "1,cat,Cat");
        TaskClips task = open("folder: $");
        assertEquals(List.of("dog", "cat"), task.labels().names());
        Split split = task.splits().get(0);
        assertEquals(List.of("a.wav", "b.wav"), ids(split.train().clips()));
        assertEquals(List.of("c.wav"), ids(split.valid().orElseThrow().clips()));
        assertEquals(List.of("d.wav", "e.wav"), ids(split.eval().clips()));
        assertEquals(OptionalInt.empty(), split.fold());
        assertEquals(
                List.of("a.wav", "b.wav", "c.wav", "d.wav", "e.wav"),
                ids(task.all().clips()));
        assertEquals(List.of(), notices);
    }

    @Test
    void fairseqManifestsBringTheirLabelFiles() throws IOException {
        write("train.tsv", folder.toString(), "a.wav\t32000", "b.wav\t32000");
        write("train.lbl", "a\tdog", "b\tcat,dog");
        write("eval.tsv", folder.toString(), "c.wav\t32000");
        write("eval.lbl", "c\tcat");
        TaskClips task = open("folder: $");
        assertEquals(List.of("cat", "dog"), task.labels().names());
        assertEquals(2, task.splits().get(0).train().size());
        assertEquals(Optional.empty(), task.splits().get(0).valid());
    }

    @Test
    void everyFoldIsLeftOutOnceOrOnlyThoseNamed() throws IOException {
        esc50(3);
        TaskClips task = open("folder: $");
        assertEquals(3, task.splits().size());
        for (int i = 0; i < 3; i++) {
            Split split = task.splits().get(i);
            int fold = i + 1;
            assertEquals(OptionalInt.of(fold), split.fold());
            assertTrue(split.eval().clips().stream().allMatch(c -> c.fold().getAsInt() == fold));
            assertTrue(split.train().clips().stream().noneMatch(c -> c.fold().getAsInt() == fold));
            assertEquals(6, split.train().size() + split.eval().size());
        }
        TaskClips second = open("folder: $", "folds: [2]");
        assertEquals(OptionalInt.of(2), second.splits().get(0).fold());
        assertEquals(task.hash(), second.hash(), "the choice of folds is no other data");
        assertTrue(refusal("folder: $", "folds: [7]").contains("its folds are [1, 2, 3]"));
    }

    @Test
    void aSingleListWithFoldsIsFoundInItsFolder() throws IOException {
        write("prepared/train.csv", "path,labels,fold", "a.wav,dog,1", "b.wav,dog,2");
        assertEquals(2, open("folder: $/prepared").splits().size(), "a prepared task with folds has train.csv alone");
        write("mixed/labels.csv", "path,labels,fold", "a.wav,dog;cat,1", "b.wav,dog,2", "c.wav,cat,3");
        write("mixed/label_descriptors.csv", "0,dog,Dog", "1,cat,Cat");
        TaskClips mixed = open("folder: $/mixed");
        assertEquals(3, mixed.splits().size());
        assertEquals(List.of("dog", "cat"), mixed.labels().names());
    }

    @Test
    void theHashSeesLabelsRolesAndSizes() throws IOException {
        write("train.csv", "path,labels", "a.wav,dog", "b.wav,cat");
        write("eval.csv", "path,labels", "c.wav,dog", "d.wav,cat");
        String first = open("folder: $").hash();
        assertEquals(first, open("folder: $").hash());
        write("c.wav", "now it is there");
        String withFile = open("folder: $").hash();
        write("train.csv", "path,labels", "a.wav,cat", "b.wav,cat");
        String relabelled = open("folder: $").hash();
        write("train.csv", "path,labels", "a.wav,dog", "c.wav,dog");
        write("eval.csv", "path,labels", "b.wav,cat", "d.wav,cat");
        String swapped = open("folder: $").hash();
        List<String> all = List.of(first, withFile, relabelled, swapped);
        IntStream.range(1, 4).forEach(i -> assertNotEquals(all.get(i - 1), all.get(i), "hash " + i));
    }

    @Test
    void aTestClipThatIsTrainedOnIsRefusedByName() throws IOException {
        write("train.csv", "path,labels", "a.wav,dog", "b.wav,cat");
        write("eval.csv", "path,labels", "sub/../b.wav,cat");
        assertTrue(refusal("folder: $").startsWith("test clip b.wav is also a training clip"));
    }

    @Test
    void aCopyUnderAnotherNameIsTold() throws IOException {
        write("a.wav", "one sound");
        write("b.wav", "another one");
        write("copy.wav", "one sound");
        write("train.csv", "path,labels", "a.wav,dog", "b.wav,cat");
        write("eval.csv", "path,labels", "copy.wav,dog", "c.wav,cat");
        open("folder: $");
        assertEquals(1, notices.size(), notices.toString());
        assertTrue(
                notices.get(0).startsWith("1 training clip of list ")
                        && notices.get(0).contains("(copy.wav is a.wav): the figure is too good"),
                notices.get(0));
    }

    @Test
    void aTrainingClipWithTwoMeaningsIsRefused() throws IOException {
        write("train.csv", "path,labels", "a.wav,dog", "a.wav,cat");
        write("eval.csv", "path,labels", "c.wav,cat");
        String refusal = refusal("folder: $");
        assertTrue(refusal.contains("is listed as dog and as cat; give it one line with all labels"), refusal);
    }

    @Test
    void aFolderThatIsNotWhollyPreparedIsRefusedAndMissingClipsAreExpected() throws IOException {
        write("train.csv", "path,labels", "a.wav,dog");
        write("eval.csv", "path,labels", "c.wav,dog");
        write("task.json", "{\"complete\": false, \"splits\": {}}");
        assertTrue(refusal("folder: $").contains("run the same 'data prepare' again"));
        write(
                "task.json",
                "{\"complete\": true, \"splits\": {\"train\": {\"found\": 1, \"expected\": 5},"
                        + " \"eval\": {\"found\": 1, \"expected\": 2}}}");
        assertEquals(7, open("folder: $").expected());
        assertEquals(2, open("folder: $").all().size());
    }

    @Test
    void linksAndCopiesUnderTheSameNameAreFound() throws IOException {
        write("x/a.wav", "sound a");
        write("y/a.wav", "sound a");
        write("z/a.wav", "another");
        write("x/train.csv", "path,labels", "a.wav,dog");
        write("y/eval.csv", "path,labels", "a.wav,dog");
        write("z/eval.csv", "path,labels", "a.wav,dog");
        Files.createSymbolicLink(folder.resolve("z/b.wav"), folder.resolve("x/a.wav"));
        write("z/linked.csv", "path,labels", "b.wav,dog");
        assertTrue(refusal("train: $/x/train.csv", "eval: $/y/eval.csv").contains("a.wav is also a training clip"));
        assertTrue(refusal("train: $/x/train.csv", "eval: $/z/linked.csv").contains("is also a training clip"));
        assertEquals(
                1,
                open("train: $/x/train.csv", "eval: $/z/eval.csv").splits().size(),
                "one name for two sounds is no leak");
    }

    @Test
    void aValidationClipIsNeitherTrainedOnNorJudged() throws IOException {
        write("train.csv", "path,labels", "a.wav,dog");
        write("valid.csv", "path,labels", "a.wav,dog");
        write("eval.csv", "path,labels", "b.wav,dog");
        assertTrue(refusal("folder: $").startsWith("validation clip a.wav is also a training clip"));
        write("valid.csv", "path,labels", "b.wav,dog");
        assertTrue(refusal("folder: $").startsWith("test clip b.wav is also a validation clip"));
    }

    @Test
    void aClipInTwoFoldsIsRefused() throws IOException {
        write("list.csv", "path,labels,fold", "a.wav,dog,1", "b.wav,dog,2", "a.wav,dog,2");
        assertTrue(refusal("folder: $/list.csv").startsWith("test clip a.wav is also a training clip"));
    }

    @Test
    void aTestClipThatIsListedTwiceIsRefused() throws IOException {
        write("train.csv", "path,labels", "a.wav,dog", "a.wav,dog");
        write("eval.csv", "path,labels", "b.wav,dog", "b.wav,cat");
        assertTrue(refusal("folder: $").startsWith("clip b.wav of list "));
    }

    @Test
    void labelsThatTheDescriptorsDoNotNameAreRefused() throws IOException {
        write("train.csv", "path,labels", "a.wav,dog");
        write("eval.csv", "path,labels", "b.wav,wolf");
        write("label_descriptors.csv", "0,dog,Dog");
        String message = refusal("folder: $");
        assertTrue(message.startsWith("clip b.wav of list ") && message.contains("'wolf'"), message);
        assertTrue(message.contains("label_descriptors.csv does not name"), message);
    }

    @Test
    void missingClassesAreWarnedOf() throws IOException {
        write("train.csv", "path,labels", "a.wav,dog");
        write("eval.csv", "path,labels", "b.wav,wolf", "c.wav,cat");
        open("folder: $");
        assertEquals(2, notices.size(), notices.toString());
        assertTrue(notices.get(0).startsWith("no training clip has classes cat, wolf: "), notices.toString());
        assertTrue(notices.get(1).startsWith("no test clip has class dog: "), notices.toString());
    }

    @Test
    void whatCannotBeJudgedOrLearntIsRefused() throws IOException {
        write("train.csv", "path,labels", "a.wav,dog");
        write("eval.csv", "path,labels", "b.wav,");
        assertTrue(refusal("folder: $").contains("no test clip has a label"));
        write("eval.csv", "path,labels");
        assertTrue(refusal("folder: $").startsWith("no clips in list "));
        write("train.csv", "path,labels", "a.wav,");
        write("eval.csv", "path,labels", "b.wav,dog");
        assertTrue(refusal("folder: $").contains("no training clip has a label"));
    }

    @Test
    void foldersThatAreNoTaskSayWhatIsMissing() throws IOException {
        write("train.csv", "path,labels", "a.wav,dog");
        assertTrue(refusal("folder: $").contains("holds no eval.csv"));
        assertTrue(refusal("folder: $/nowhere").contains("does not exist"));
        write("train.tsv", folder.toString(), "a.wav\t32000");
        assertTrue(refusal("folder: $").contains("holds train.csv and train.tsv"));
        write("plain.csv", "path,labels", "a.wav,dog", "b.wav,dog");
        assertTrue(refusal("folder: $/plain.csv").contains("has no fold"));
        write("one.csv", "path,labels,fold", "a.wav,dog,1", "b.wav,dog,1");
        assertTrue(refusal("folder: $/one.csv").contains("single fold [1]"));
    }

    @Test
    void oneWayOfNamingClipsMustBeUsed() {
        assertTrue(refusal("loaderThreads: 1").contains("by folder, or by train and eval"));
        assertTrue(refusal("folder: a", "train: b", "eval: c").contains("by folder, or by train and eval"));
        assertTrue(refusal("train: a").contains("train and eval go together"));
        assertTrue(refusal("folder: a", "valid: b").contains("valid only with them"));
    }

    private void esc50(int folds) throws IOException {
        List<String> lines = new ArrayList<>(List.of("filename,fold,target,category"));
        for (int fold = 1; fold <= folds; fold++) {
            lines.add(fold + "-a.wav," + fold + ",0,dog");
            lines.add(fold + "-b.wav," + fold + ",1,rain");
        }
        Files.createDirectories(folder.resolve("audio"));
        write("meta/esc50.csv", lines.toArray(String[]::new));
    }
}
