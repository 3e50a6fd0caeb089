/** Checks of the machine that a run would otherwise stumble over, each with its remedy. */
package org.sslam.eval.doctor;
