"""Tests of the Z39.50 core, path for path, with the strategies and the BER rewriter that other folders share."""
