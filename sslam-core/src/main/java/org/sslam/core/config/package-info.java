/**
 * One YAML file a run, read into one immutable tree of records: inheritance, overrides, defaults, and errors that name
 * the line and the nearest key.
 */
package org.sslam.core.config;
