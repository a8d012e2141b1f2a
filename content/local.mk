# files of content/
