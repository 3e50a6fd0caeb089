/**
 * All families of encoders by the format of their files; published weights in and out, by name maps that are data.
 *
 * <pre>
 *  file --WeightFile--> tensors --WeightKinds: which kind?--> WeightKind (kinds/NAME.yaml): names, front-end, card
 *                          |                                        |
 *                          +------------- Assignment ---------------+--- Layout (layouts/FAMILY.yaml): names here, sizes
 *                                             |
 *             ConfigBeside: is config.json of this network?  ClipShape, TableGrid: positions, frames, mel bins
 *             NumberOfHeads; ModelSection, WindowTables: sizes; FrontEndSection; ImportedTensors: float32
 *                                             |
 *                          WeightImport: a folder with model.json, weights, card
 *                          WeightExport: the way back, safetensors with the published names
 * </pre>
 *
 * <p>Another family needs a layout, another way of saving it a kind; both are YAML files and one line in {@code
 * WeightKinds}.
 */
package org.sslam.models.zoo;
