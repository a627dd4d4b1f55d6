mod red_flags;
