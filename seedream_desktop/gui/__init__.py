"""What is seen: widgets that show values and emit wishes, the theme, the icons and the words."""
