"""The editor of stories: drafts that several people write at once, versions that never change, four eyes."""
