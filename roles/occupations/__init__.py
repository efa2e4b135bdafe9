"""What others have published about occupations: profiles, their index, and facts beside a role."""
