/** One class that opens natives of DJL's PyTorch engine which its public API keeps to itself. */
package ai.djl.pytorch.jni;
